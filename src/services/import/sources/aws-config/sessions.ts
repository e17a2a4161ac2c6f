import { parseArn } from '../../../../models/arn.ts';
import { awsPartitionOf, awsRegions } from '../../../../models/aws-region.ts';
import type { DraftFields, DraftSession, Skipped } from '../../draft.ts';
import { keySources, type KeySource } from './key-source.ts';
import type { AwsFiles, Profile } from './profiles.ts';
import { optionalRoleFields } from './role-fields.ts';
import type { Portals } from './sign-in.ts';

/** A draft's `ref`, or why there are no credentials of the profile here. */
type Found = { readonly ref: string } | { readonly reason: string };

/** The sessions that profiles become, as botocore finds their credentials. */
export class ProfileSessions {
  readonly drafts: DraftSession[] = [];
  readonly skipped: Skipped[] = [];
  readonly #files: AwsFiles;
  readonly #portals: Portals;
  readonly #defaultRegion: string;
  readonly #found = new Map<string, Found>();

  constructor(files: AwsFiles, portals: Portals, defaultRegion: string) {
    this.#files = files;
    this.#portals = portals;
    this.#defaultRegion = defaultRegion;
  }

  addAll(): void {
    for (const profile of this.#files.profiles.values()) {
      const found = isRole(profile) ? this.#role(profile, []) : this.#keys(profile);
      if ('ref' in found) continue;
      const { name, source } = profile;
      this.skipped.push({ kind: 'session', name, source, reason: found.reason });
    }
  }

  /** `path`: the profiles that lead here, to notice when they come back. */
  #role(profile: Profile, path: readonly string[]): Found {
    return this.#once(`role ${profile.name}`, () => {
      const { name, settings, source } = profile;
      const parent = this.#parent(profile, [...path, name]);
      if ('reason' in parent) return parent;
      const roleArn = settings.get('role_arn') ?? '';
      const { fields, notes } = optionalRoleFields(settings);
      const ref = `role ${name}`;
      this.drafts.push({
        ref,
        source,
        parent: parent.ref,
        fields: {
          type: 'awsIamRoleChained',
          ...this.#common(profile, parseArn(roleArn)?.partition),
          roleArn,
          ...fields,
        },
        notes: [...notes, ...programNotes(profile)],
      });
      return { ref };
    });
  }

  /** botocore `AssumeRoleProvider`: one of source_profile and credential_source, not both. */
  #parent({ settings }: Profile, path: readonly string[]): Found {
    const sourceName = settings.get('source_profile');
    const from = settings.get('credential_source');
    if (from !== undefined) {
      return {
        reason: `It takes its credentials from ${from} (credential_source), which is not on this machine alone to give.`,
      };
    }
    if (sourceName === undefined) return { reason: 'It has a role_arn but no source_profile.' };
    const source = this.#files.profiles.get(sourceName);
    if (source === undefined) {
      return { reason: `Its source_profile is ${sourceName}, and there is no such profile.` };
    }
    // botocore: static keys of a source win over its role, so a profile may be its own source.
    const hasKeys = keySources(source).kind === 'keys';
    if (isRole(source) && !hasKeys) {
      if (path.includes(sourceName)) {
        return { reason: `Its source_profiles lead back to ${sourceName}.` };
      }
      return because(sourceName, this.#role(source, path));
    }
    return because(sourceName, this.#keys(source));
  }

  /** The profile's own credentials, without its role. */
  #keys(profile: Profile): Found {
    return this.#once(`keys ${profile.name}`, () => {
      const own = keySources(profile);
      switch (own.kind) {
        case 'keys':
          return this.#user(profile, own);
        case 'sso':
          return this.#ssoRole(profile);
        case 'none':
          return { reason: own.reason };
      }
    });
  }

  #user(profile: Profile, { keys }: Extract<KeySource, { kind: 'keys' }>): Found {
    const { name, source, settings, keysFile = '' } = profile;
    const ref = `keys ${name} ${keysFile}`;
    const mfaSerial = isRole(profile) ? undefined : settings.get('mfa_serial');
    const common = this.#common(profile, undefined);
    // Where the profile is a role too, its name is that of the role's session.
    const sessionName = isRole(profile) ? `${name} (keys)` : name;
    this.drafts.push({
      ref,
      source,
      keys,
      fields: {
        type: 'awsIamUser',
        ...common,
        sessionName,
        ...(isRole(profile) ? { profileName: `${name}-keys` } : {}),
        ...(mfaSerial === undefined ? {} : { mfaSerial }),
      },
      notes: programNotes(profile),
    });
    return { ref };
  }

  #ssoRole(profile: Profile): Found {
    const { name, settings, source } = profile;
    const portal = this.#portals.of(profile);
    if ('reason' in portal) return portal;
    const accountId = settings.get('sso_account_id');
    const roleName = settings.get('sso_role_name');
    if (accountId === undefined || roleName === undefined) {
      return {
        reason:
          'It names no sso_account_id and sso_role_name. Sign in to the integration: it offers all your roles.',
      };
    }
    const { endpointUrl: _, ...common } = this.#common(profile, undefined);
    const ref = `sso ${name}`;
    this.drafts.push({
      ref,
      source,
      integration: portal.ref,
      fields: { type: 'awsSsoRole', ...common, accountId, accountName: accountId, roleName },
      notes: programNotes(profile),
    });
    return { ref };
  }

  #common({ name, settings }: Profile, partition: string | undefined) {
    const region = settings.get('region') ?? regionIn(partition, this.#defaultRegion);
    const endpointUrl = settings.get('endpoint_url');
    return {
      sessionName: name,
      profileName: name,
      region,
      ...(endpointUrl === undefined ? {} : { endpointUrl }),
    } satisfies Partial<DraftFields>;
  }

  #once(key: string, find: () => Found): Found {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = find();
    this.#found.set(key, found);
    return found;
  }
}

/** botocore `_has_assume_role_config_vars`. */
function isRole({ settings }: Profile): boolean {
  return settings.has('role_arn') && !settings.has('web_identity_token_file');
}

function because(sourceName: string, found: Found): Found {
  return 'ref' in found ? found : { reason: `Its source_profile ${sourceName}: ${found.reason}` };
}

/** `usual` where it is in the partition of the role, else one that is. */
function regionIn(partition: string | undefined, usual: string): string {
  if (partition === undefined || awsPartitionOf(usual) === partition) return usual;
  return awsRegions.find((region) => awsPartitionOf(region) === partition) ?? usual;
}

/** Programs are code: they are named, and never taken over. */
function programNotes({ settings }: Profile): readonly string[] {
  return settings.has('mfa_process')
    ? [
        'mfa_process runs a program, which is never imported. To use it: stint session edit NAME --mfa-command WORD…',
      ]
    : [];
}
