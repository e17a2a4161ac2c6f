import { resolve } from 'node:path';
import { stringIn } from '../shared/json-file/value.ts';
import type { Finding, SubscriptionTarget } from '../delivery.ts';
import type { AzSettings } from './az-config.ts';
import { subscriptionPlace } from './entries.ts';
import { isDefaultEntry } from './remove-plan.ts';
import { entriesOf, isAt } from './tables.ts';

const throughExec = 'run az through "stint exec"';

/** What would keep az from using the session. Pure. */
export function azFindings(view: {
  readonly folder: string;
  /** The text of azureProfile.json; '' where it cannot be read. */
  readonly profile: string;
  readonly settings: AzSettings;
  readonly target: SubscriptionTarget;
  readonly callerEnvironment: readonly string[];
  readonly platform: NodeJS.Platform;
}): readonly Finding[] {
  const set = new Map(view.callerEnvironment.map(parted));
  return [
    ...otherFolder(set, view.folder),
    ...otherCloud(set, view.settings, view.target),
    ...encrypted(set, view.settings, view.platform),
    ...otherDefault(view.profile, view.target),
  ];
}

type Variables = ReadonlyMap<string, string | undefined>;

function parted(entry: string): readonly [name: string, value: string | undefined] {
  const at = entry.indexOf('=');
  return at < 0 ? [entry, undefined] : [entry.slice(0, at), entry.slice(at + 1)];
}

function otherFolder(set: Variables, folder: string): readonly Finding[] {
  const value = set.get('AZURE_CONFIG_DIR');
  if (value === undefined || resolve(value) === resolve(folder)) return [];
  return [
    {
      code: 'environment',
      message: `AZURE_CONFIG_DIR is set to ${value} in your shell, while Stint uses ${folder}: az there does not see the session.`,
      next: `Unset it or set it to ${folder}, or ${throughExec}.`,
    },
  ];
}

/** az lists only subscriptions of the cloud it works with, whatever --subscription says. */
function otherCloud(
  set: Variables,
  { cloudName }: AzSettings,
  { cloud, subscriptionId }: SubscriptionTarget,
): readonly Finding[] {
  const fromShell = set.get('AZURE_CLOUD_NAME');
  const effective = fromShell ?? cloudName;
  if (effective === cloud.name) return [];
  const mend =
    fromShell === undefined
      ? `Run "az cloud set --name ${cloud.name}"`
      : `Set AZURE_CLOUD_NAME to ${cloud.name}`;
  return [
    {
      code: fromShell === undefined ? 'shadowed' : 'environment',
      message: `az works with ${effective} now and does not find subscription ${subscriptionId}, which is in ${cloud.name}.`,
      next: `${mend}, or ${throughExec}.`,
    },
  ];
}

/**
 * Where az keeps its token cache encrypted, it does not read the plain one that Stint writes:
 * always on Windows (azure-cli-core, `should_encrypt_token_cache`), elsewhere where it was asked to.
 */
function encrypted(
  set: Variables,
  { encrypts, hasEncryptedCache }: AzSettings,
  platform: NodeJS.Platform,
): readonly Finding[] {
  const variable = 'AZURE_CORE_ENCRYPT_TOKEN_CACHE';
  const isSet = set.has(variable);
  const value = set.get(variable);
  const fromShell = value === undefined ? undefined : /^(1|yes|true|on)$/i.test(value);
  const effective = fromShell ?? encrypts ?? (platform === 'win32' || hasEncryptedCache);
  if (!effective) return [];
  return [
    {
      code: isSet ? 'environment' : 'shadowed',
      message:
        'az keeps its tokens encrypted here and does not read the plain msal_token_cache.json in which Stint hands it the session.',
      next: `For this session, ${throughExec}. Or have az keep its tokens in plain files ("az config set core.encrypt_token_cache=false"), and sign in to your other accounts again.`,
    },
  ];
}

function otherDefault(profile: string, target: SubscriptionTarget): readonly Finding[] {
  const { subscriptionId, sessionName } = target;
  const entries = entriesOf(profile, ['subscriptions']);
  const isOurs = isAt(subscriptionPlace(target));
  const ours = entries.find(isOurs);
  const other = entries.find((entry) => isDefaultEntry(entry) && !isOurs(entry));
  if (ours === undefined ? other === undefined : isDefaultEntry(ours)) return [];
  const name = stringIn(other?.node, 'name');
  const standing =
    other === undefined ? 'az has no default subscription' : `az's default is ${name ?? other.key}`;
  return [
    {
      code: 'not-the-default',
      message: `${standing}, so az uses session ${sessionName} only where its subscription is named.`,
      next: `Say which to az: --subscription ${subscriptionId}. Or ${throughExec}.`,
    },
  ];
}
