import { openAccess } from '../../services/access/access.ts';
import { EventLog } from '../../services/events/event-log.ts';
import { openHistory } from '../../services/history/history.ts';
import { recordPrompts } from '../../services/history/prompt-record.ts';
import { publishHistory } from '../../services/history/publish-history.ts';
import { PromptService } from '../../services/prompts/prompt-service.ts';
import { SettingsService } from '../../services/settings/settings-service.ts';
import { hideFromLog } from '../../services/vault/hide-from-log.ts';
import { requireUnlocked } from '../../services/vault/unlock-prompt.ts';
import { openVault } from '../../services/vault/vault.ts';
import { openWorkspace } from '../../services/workspace/workspace-store.ts';
import type { Foundation } from './foundation.ts';

export type Storage = Awaited<ReturnType<typeof composeStorage>>;

/**
 * What is kept, and what reports its changes: workspace, vault, history, client tokens, events and
 * prompts. Throws Problem 'workspace-newer', 'file-unreadable', 'file-unwritable'.
 */
export async function composeStorage(foundation: Foundation) {
  const { paths, environment, clock, log, lifecycle } = foundation;
  const events = new EventLog(log);
  const prompts = new PromptService({ clock, events });
  lifecycle.whenDraining(() => {
    prompts.closeAll('Stint is shutting down.');
  });
  const workspace = await openWorkspace({
    paths,
    defaultSettings: environment.defaultSettings,
    environmentWins: environment.environmentWins,
    clock,
  });
  const settings = new SettingsService({ workspace, events });
  if (environment.passphrase !== undefined) log.hide(environment.passphrase);
  const vault = await openVault({
    file: paths.vault,
    method: environment.secretsMethod,
    passphrase: environment.passphrase,
    keychain: foundation.keychain,
  });
  const secrets = hideFromLog(vault, log);
  const historyFile = openHistory({ file: paths.historyDb, clock });
  lifecycle.closeAtEnd('history', () => {
    historyFile.close();
  });
  const history = publishHistory(historyFile, events);
  recordPrompts(prompts, events, history, workspace);
  const access = await openAccess({
    dbFile: paths.accessDb,
    tokenFile: paths.token,
    secrets,
    clock: foundation.machineClock,
    history,
  });
  lifecycle.closeAtEnd('access', () => {
    access.close();
  });
  log.hide(access.ownerToken());
  const requireVault = requireUnlocked(vault);
  return { events, prompts, workspace, settings, vault, secrets, history, access, requireVault };
}
