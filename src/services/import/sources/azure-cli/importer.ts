import { dirname, join } from 'node:path';
import { azureCloudAt, locationFor } from '../../../../models/azure-cloud.ts';
import { regionSchema } from '../../../../models/session-fields.ts';
import type { Settings } from '../../../../models/settings.ts';
import { decodeAzureFile, profileFile } from '../../../delivery/azure-cli/azure-file.ts';
import { markOf } from '../../../delivery/azure-cli/ownership.ts';
import { entriesOf, profileTables } from '../../../delivery/azure-cli/tables.ts';
import { usableStates } from '../../../integrations/azure/list-subscriptions.ts';
import type { Draft, DraftSession, DraftSetting, DraftThing, Skipped } from '../../draft.ts';
import type { IntegrationFields } from '../../../../models/integration.ts';
import type { Importer } from '../../importer.ts';
import { accountOf, isTenantAlone, type Account } from './accounts.ts';
import { readSections, signInAddressOf, type Sections, type SignInAddress } from './clouds.ts';

/** The Azure CLI: what `az account list` shows. Its tokens stay where they are. */
export const azureCliImporter: Importer<'profile'> = {
  files: ({ settings }) => ({ profile: join(settings.azureConfigDir, profileFile.name) }),
  async read({ files: { profile: file }, settings, reader }) {
    const bytes = await reader.latin1(file);
    if (bytes === undefined) return {};
    const { root } = decodeAzureFile(file, profileFile, bytes);
    const accounts = entriesOf(root, profileTables)
      .filter(({ node }) => markOf(node) === undefined)
      .map(({ node }) => accountOf(node));
    const config = await readSections(join(dirname(file), 'config'), reader);
    const clouds = await readSections(join(dirname(file), 'clouds.config'), reader);
    const locations = draftLocation(config, join(dirname(file), 'config'));
    const drafts = new AccountDrafts({ file, settings, config, clouds, locations });
    for (const account of accounts) drafts.add(account);
    return {
      integrations: [...drafts.integrations.values()],
      sessions: [...drafts.sessions.values()],
      settings: locations,
      skipped: drafts.skipped,
      notes: [
        accounts.length === 0
          ? `${file} lists no accounts: sign in with \`az login\` first, or add an integration.`
          : 'The sign-in of the Azure CLI is not taken over: Stint signs in at the first start.',
        ...drafts.notes,
      ],
    } satisfies Draft;
  },
};

interface Around {
  readonly file: string;
  readonly settings: Settings;
  readonly config: Sections;
  readonly clouds: Sections;
  readonly locations: readonly DraftSetting[];
}

class AccountDrafts {
  readonly integrations = new Map<string, DraftThing<IntegrationFields>>();
  readonly sessions = new Map<string, DraftSession>();
  readonly skipped: Skipped[] = [];
  readonly notes = new Set<string>();
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  add(account: Account): void {
    const cloud = account.cloud ?? this.#around.config.get('cloud')?.get('name') ?? 'AzureCloud';
    const signIn = signInAddressOf(cloud, this.#around.clouds);
    const reason = reasonAgainst(account) ?? ('reason' in signIn ? signIn.reason : undefined);
    if (reason !== undefined || 'reason' in signIn) {
      const { id, name } = account;
      const source = this.#sourceOf(id);
      this.skipped.push({ kind: 'session', name, source, reason: reason ?? '' });
      return;
    }
    const integration = this.#integration(account, cloud, signIn);
    if (!isTenantAlone(account)) this.#addSession(account, integration, signIn);
  }

  /** The `ref` of the integration of its tenant. */
  #integration(
    { tenantId, tenantName }: Account,
    cloud: string,
    signIn: Exclude<SignInAddress, { readonly reason: string }>,
  ): string {
    const { settings } = this.#around;
    const ref = `${signIn.authorityHost} ${tenantId.toLowerCase()}`;
    const isPublic = cloud === 'AzureCloud';
    // An integration without one is in the public cloud, unless a setting says otherwise.
    const usual = azureCloudAt(settings.azureAuthorityHost).authorityHost;
    const where = isPublic ? '' : ` (${cloud})`;
    const before = this.integrations.get(ref);
    this.integrations.set(ref, {
      ref,
      source: `tenant ${tenantId} of ${this.#around.file}`,
      fields: {
        kind: 'azure',
        name: before?.fields.name ?? `${tenantName ?? `Azure ${tenantId}`}${where}`.slice(0, 128),
        tenantId,
        ...(isPublic && usual === signIn.authorityHost
          ? {}
          : { authorityHost: signIn.authorityHost }),
      },
    });
    const { resourceManagerUrl: url } = signIn;
    if (url !== undefined && url !== settings.azureResourceManagerUrl) {
      this.notes.add(
        `Cloud ${cloud} has its own Resource Manager, which is a setting for all of Azure: stint settings set azure-resource-manager-url ${url}`,
      );
    }
    return ref;
  }

  #addSession(
    { id, name, tenantId }: Account,
    integration: string,
    { authorityHost }: { readonly authorityHost: string },
  ): void {
    const { settings, locations } = this.#around;
    const ref = `${integration} ${id.toLowerCase()}`;
    if (this.sessions.has(ref)) return;
    this.sessions.set(ref, {
      ref,
      source: this.#sourceOf(id),
      integration,
      fields: {
        type: 'azure',
        sessionName: name,
        region: locationFor(
          azureCloudAt(authorityHost),
          locations[0]?.value ?? settings.defaultLocation,
        ),
        tenantId,
        subscriptionId: id,
        subscriptionName: name,
      },
    });
  }

  #sourceOf(id: string): string {
    return `subscription ${id} of ${this.#around.file}`;
  }
}

/** Why an account does not become a session, whatever its cloud is. */
function reasonAgainst({ identity, state, tenantId }: Account): string | undefined {
  if (identity.kind === 'managedIdentity') {
    return 'It signs in as a managed identity, which only works on its own machine in Azure: use it there without Stint.';
  }
  if (identity.kind === 'servicePrincipal') {
    return (
      `It signs in as application ${identity.clientId}, whose secret Stint does not read from the Azure CLI. ` +
      `Add the application: stint integration add azure --tenant-id ${tenantId} --client-id ${identity.clientId} ` +
      '--ask-client-secret (or --client-certificate FILE); then stint integration sync'
    );
  }
  return usableStates.has(state) || state === undefined
    ? undefined
    : `The subscription cannot be used: Azure says that it is ${state}.`;
}

/** `az config set defaults.location=…`. */
function draftLocation(config: Sections, file: string): readonly DraftSetting[] {
  const value = config.get('defaults')?.get('location');
  return value === undefined || !regionSchema.safeParse(value).success
    ? []
    : [{ name: 'defaultLocation', value, source: `[defaults] of ${file}` }];
}
