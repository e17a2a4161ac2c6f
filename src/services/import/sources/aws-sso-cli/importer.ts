import { join } from 'node:path';
import { awsPartitionOf } from '../../../../models/aws-region.ts';
import type { IntegrationFields } from '../../../../models/integration.ts';
import { Problem } from '../../../../models/problem.ts';
import { roleName as nameOfRole } from '../../../integrations/aws-sso/role-sessions.ts';
import { cleanText } from '../../../network/provider-text.ts';
import type { Draft, DraftSession, DraftThing, Skipped } from '../../draft.ts';
import type { Importer } from '../../importer.ts';
import { readYaml } from '../yaml.ts';
import { ssoConfigSchema, type SsoInstance, type SsoRole } from './config.ts';
import { profileNameOf } from './profile-format.ts';

/** aws-sso-cli (synfinatic): `~/.aws-sso/config.yaml`, or that of `~/.config`. */
export const awsSsoCliImporter: Importer<'config' | 'xdgConfig'> = {
  files: ({ home }) => ({
    config: join(home, '.aws-sso', 'config.yaml'),
    xdgConfig: join(home, '.config', 'aws-sso', 'config.yaml'),
  }),
  async read({ files, reader }) {
    const old = await reader.text(files.config);
    // The tool itself looks there only where there is no ~/.aws-sso.
    const [text, file] =
      old === undefined
        ? ([await reader.text(files.xdgConfig), files.xdgConfig] as const)
        : ([old, files.config] as const);
    return text === undefined ? {} : await awsSsoCliDraft(text, file);
  },
};

/** Throws Problem 'file-unreadable' for a text that is not a configuration of aws-sso-cli. */
export async function awsSsoCliDraft(text: string, file: string): Promise<Draft> {
  const config = ssoConfigSchema.safeParse(await readYaml(text, { file, scalars: 'text' }));
  if (!config.success) {
    throw new Problem('file-unreadable', {
      detail: `${file} is not a configuration of aws-sso-cli: it has no SSOConfig section.`,
      next: 'Name the right file: stint import aws-sso-cli --file FILE',
    });
  }
  const { SSOConfig: instances, DefaultRegion: region, ProfileFormat: format } = config.data;
  const drafts = instances.map(([name, instance]) =>
    new InstanceReader(name, instance, { file, region, format }).read(),
  );
  return {
    integrations: drafts.map(({ integration }) => integration),
    sessions: drafts.flatMap(({ sessions }) => sessions),
    skipped: drafts.flatMap(({ skipped }) => skipped),
    notes: [
      'aws-sso-cli lists only roles with settings of their own. Sign in to find all others: stint integration login NAME',
    ],
  };
}

/** Firefox container settings among the tags (docs/config.md, "Tags"). */
const containerTags = new Set(['Color', 'Icon']);

class InstanceReader {
  readonly #name: string;
  readonly #instance: SsoInstance;
  readonly #file: string;
  readonly #region: string | undefined;
  readonly #format: string | undefined;
  readonly #sessions = new Map<string, DraftSession>();
  readonly #skipped: Skipped[] = [];

  constructor(
    name: string,
    instance: SsoInstance,
    whole: {
      readonly file: string;
      readonly region: string | undefined;
      readonly format: string | undefined;
    },
  ) {
    this.#name = name;
    this.#instance = instance;
    this.#file = whole.file;
    this.#region = whole.region;
    this.#format = whole.format;
  }

  read(): {
    readonly integration: DraftThing<IntegrationFields>;
    readonly sessions: readonly DraftSession[];
    readonly skipped: readonly Skipped[];
  } {
    const { SSORegion: region = '', StartUrl: startUrl = '' } = this.#instance;
    for (const [id, account] of this.#instance.Accounts) {
      const accountId = paddedId(id);
      for (const [roleName, role] of account.Roles) {
        if (accountId === undefined) this.#skip(id, roleName);
        else this.#add(accountId, account, roleName, role);
      }
    }
    for (const session of [...this.#sessions.values()]) this.#addParent(session);
    const name = cleanText(this.#name) ?? 'AWS SSO';
    return {
      integration: {
        ref: this.#name,
        source: `SSOConfig ${name} of ${this.#file}`,
        fields: { kind: 'awsSso', name, startUrl, region },
      },
      sessions: [...this.#sessions.values()],
      skipped: this.#skipped,
    };
  }

  #add(
    accountId: string,
    account: SsoInstance['Accounts'][number][1],
    roleName: string,
    role: SsoRole,
  ): void {
    const accountName = cleanText(account.Name) ?? accountId;
    const { SSORegion: home = '' } = this.#instance;
    const labels = labelsOf({ ...account.Tags, ...role.Tags });
    const automatic = profileNameOf(this.#format, {
      accountId,
      accountName: account.Name,
      roleName,
      instance: this.#name,
    });
    const profileName = role.Profile ?? automatic;
    const every = {
      sessionName: nameOfRole({ accountName, roleName }),
      region:
        role.DefaultRegion ??
        account.DefaultRegion ??
        this.#instance.DefaultRegion ??
        this.#region ??
        home,
      ...(profileName === undefined ? {} : { profileName }),
      ...(labels.length === 0 ? {} : { labels }),
    };
    const notes =
      profileName === undefined
        ? [
            'Its profile is named by Stint: the ProfileFormat is a Go template that Stint cannot run.',
          ]
        : [];
    const common = {
      ref: this.#refOf(accountId, roleName),
      source: this.#sourceOf(accountId, roleName),
      ...(notes.length === 0 ? {} : { notes }),
    };
    if (role.Via === undefined) {
      this.#keep({
        ...common,
        integration: this.#name,
        fields: { ...every, type: 'awsSsoRole', accountId, accountName, roleName },
      });
      return;
    }
    const parent = roleOf(role.Via);
    this.#keep({
      ...common,
      parent: parent === undefined ? role.Via : this.#refOf(parent.accountId, parent.roleName),
      fields: {
        ...every,
        type: 'awsIamRoleChained',
        roleArn: `arn:${awsPartitionOf(home)}:iam::${accountId}:role/${roleName}`,
        ...(role.ExternalId === undefined ? {} : { externalId: role.ExternalId }),
        ...(role.SourceIdentity === undefined ? {} : { sourceIdentity: role.SourceIdentity }),
      },
    });
    if (parent !== undefined) this.#parents.set(common.ref, parent);
  }

  readonly #parents = new Map<string, { readonly accountId: string; readonly roleName: string }>();

  /** `Via` may name a role that has no entry: the portal offers it all the same. */
  #addParent({ ref }: DraftSession): void {
    const parent = this.#parents.get(ref);
    if (
      parent === undefined ||
      this.#sessions.has(this.#refOf(parent.accountId, parent.roleName))
    ) {
      return;
    }
    const known = this.#instance.Accounts.find(([id]) => paddedId(id) === parent.accountId)?.[1];
    const nothing: SsoRole = {
      Profile: undefined,
      DefaultRegion: undefined,
      Tags: {},
      Via: undefined,
      ExternalId: undefined,
      SourceIdentity: undefined,
    };
    const account = known ?? { Name: undefined, DefaultRegion: undefined, Tags: {}, Roles: [] };
    this.#add(parent.accountId, account, parent.roleName, nothing);
  }

  #keep(session: DraftSession): void {
    this.#sessions.set(session.ref, session);
  }

  #refOf(accountId: string, roleName: string): string {
    return `${this.#name}/${accountId}/${roleName}`;
  }

  #sourceOf(accountId: string, roleName: string): string {
    const where = `SSOConfig ${this.#name}, account ${accountId}, role ${roleName}`;
    return `${cleanText(where, 300) ?? ''} of ${this.#file}`;
  }

  #skip(accountId: string, roleName: string): void {
    this.#skipped.push({
      kind: 'session',
      name: cleanText(`${accountId} / ${roleName}`) ?? 'a role',
      source: this.#sourceOf(accountId, roleName),
      reason: 'The account id is not a number of at most 12 digits.',
    });
  }
}

/** An account id as aws-sso-cli reads it: a number, whose leading zeros may be missing. */
function paddedId(id: string): string | undefined {
  const digits = /^0*(\d{1,12})$/.exec(id.trim())?.[1];
  return digits?.padStart(12, '0');
}

/** `Via`: an ARN, or `ACCOUNT:ROLE` (aws-sso-cli, ParseRoleARN). */
function roleOf(via: string) {
  const [, id, roleName] = /^(?:arn:aws[a-z-]*:iam::)?(\d+):(?:role\/)?([^/:]+)$/.exec(via) ?? [];
  const accountId = paddedId(id ?? '');
  return accountId === undefined || roleName === undefined ? undefined : { accountId, roleName };
}

/** Tags become labels such as `Team=Payments`. */
function labelsOf(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags)
    .filter(([key]) => !containerTags.has(key))
    .flatMap(([key, value]) => cleanText(`${key}=${value}`, 64) ?? []);
}
