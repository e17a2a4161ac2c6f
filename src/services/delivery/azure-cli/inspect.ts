import { resolve } from 'node:path';
import { parseCallerEnvironment, type CallerEnvironment } from '../shared/caller-environment.ts';
import { stringIn } from '../shared/json/node.ts';
import type { Finding, SubscriptionTarget } from '../delivery.ts';
import type { AzSettings } from './az-config.ts';
import { cacheOf } from './az-encryption.ts';
import { isDefaultEntry, subscriptionLocation } from './entries.ts';
import { entriesOf, isAt, type Root } from './tables.ts';

const throughExec = 'run az with "stint exec"';

/** What would keep az from using the session. Pure. */
export function azFindings(view: {
  readonly folder: string;
  /** Of azureProfile.json; undefined where it cannot be read. */
  readonly profile: Root;
  readonly settings: AzSettings;
  readonly target: SubscriptionTarget;
  readonly callerEnvironment: readonly string[];
  readonly platform: NodeJS.Platform;
}): readonly Finding[] {
  const set = parseCallerEnvironment(view.callerEnvironment);
  return [
    ...otherFolder(set, view.folder),
    ...otherCloud(set, view.settings, view.target),
    ...encrypted(set, view.settings, view.platform),
    ...otherDefault(view.profile, view.target),
  ];
}

function otherFolder(set: CallerEnvironment, folder: string): readonly Finding[] {
  const value = set.get('AZURE_CONFIG_DIR');
  if (value === undefined || resolve(value) === resolve(folder)) return [];
  return [
    {
      code: 'environment',
      message: `AZURE_CONFIG_DIR is set to ${value} in your shell, but Stint uses ${folder}. az in that shell does not see the session.`,
      next: `Unset it, set it to ${folder}, or ${throughExec}.`,
    },
  ];
}

/** az finds only subscriptions of the cloud it uses, whatever --subscription says. */
function otherCloud(
  set: CallerEnvironment,
  { cloudName }: AzSettings,
  { cloud, subscriptionId }: SubscriptionTarget,
): readonly Finding[] {
  const fromShell = set.get('AZURE_CLOUD_NAME');
  const effective = fromShell ?? cloudName;
  if (effective === cloud.name) return [];
  const fix =
    fromShell === undefined
      ? `Run "az cloud set --name ${cloud.name}"`
      : `Set AZURE_CLOUD_NAME to ${cloud.name}`;
  return [
    {
      code: fromShell === undefined ? 'shadowed' : 'environment',
      message: `az uses cloud ${effective} and does not find subscription ${subscriptionId}, which is in ${cloud.name}.`,
      next: `${fix}, or ${throughExec}.`,
    },
  ];
}

function encrypted(
  set: CallerEnvironment,
  settings: AzSettings,
  platform: NodeJS.Platform,
): readonly Finding[] {
  const variable = 'AZURE_CORE_ENCRYPT_TOKEN_CACHE';
  const how = cacheOf(settings, set.get(variable), platform);
  if (how === 'plain') return [];
  const version = settings.version === undefined ? 'az' : `az ${settings.version}`;
  const verb = how === 'encrypted' ? 'encrypts' : 'may encrypt';
  const reading = how === 'encrypted' ? 'does not read' : 'then does not read';
  return [
    {
      code: set.has(variable) ? 'environment' : 'shadowed',
      message: `${version} ${verb} its tokens here and ${reading} the plain msal_token_cache.json to which Stint writes the session.`,
      next: 'Use the session with "stint exec" or "stint env". Or turn encryption off ("az config set core.encrypt_token_cache=false") and sign in to your other accounts again.',
    },
  ];
}

function otherDefault(profile: Root, target: SubscriptionTarget): readonly Finding[] {
  const { subscriptionId, sessionName } = target;
  const entries = entriesOf(profile, ['subscriptions']);
  const isOurs = isAt(subscriptionLocation(target));
  const ours = entries.find(isOurs);
  const other = entries.find((entry) => isDefaultEntry(entry) && !isOurs(entry));
  if (ours === undefined ? other === undefined : isDefaultEntry(ours)) return [];
  const name = stringIn(other?.node, 'name');
  const current =
    other === undefined ? 'az has no default subscription' : `az's default is ${name ?? other.key}`;
  return [
    {
      code: 'not-the-default',
      message: `${current}, so az uses session ${sessionName} only if you name its subscription.`,
      next: `Use --subscription ${subscriptionId}, or ${throughExec}.`,
    },
  ];
}
