import { openAccess } from '../../services/access/access.ts';
import { EventLog } from '../../services/events/event-log.ts';
import { HistoryAnchor } from '../../services/history/anchor.ts';
import { openHistory } from '../../services/history/history.ts';
import { recordPrompts } from '../../services/history/prompt-record.ts';
import { publishHistory } from '../../services/history/publish-history.ts';
import type { Network } from '../../services/network/network.ts';
import { PromptService } from '../../services/prompts/prompt-service.ts';
import { SettingsService } from '../../services/settings/settings-service.ts';
import { hideFromLog } from '../../services/vault/hide-from-log.ts';
import { requireUnlocked } from '../../services/vault/unlock-prompt.ts';
import { openVault } from '../../services/vault/vault.ts';
import { openWorkspace, type WorkspaceStore } from '../../services/workspace/workspace-store.ts';
import type { Foundation } from './foundation.ts';

export type Storage = Awaited<ReturnType<typeof composeStorage>>;

/**
 * What is kept, and what reports its changes: workspace, vault, history, client tokens, events and
 * prompts. Throws Problem 'workspace-newer', 'file-unreadable', 'file-unwritable'.
 */
export async function composeStorage(foundation: Foundation) {
  const { paths, environment, clock, elapsed, log, lifecycle } = foundation;
  const events = new EventLog(log);
  const prompts = new PromptService({ clock: elapsed, events });
  lifecycle.whenDraining(() => {
    prompts.closeAll('Stint is shutting down.');
  });
  const workspace = await openWorkspace({
    paths,
    defaultSettings: environment.defaultSettings,
    environmentWins: environment.environmentWins,
    clock,
  });
  if (environment.passphrase !== undefined) log.hide(environment.passphrase, 'for good');
  const vault = await openVault({
    file: paths.vault,
    method: environment.secretsMethod,
    passphrase: environment.passphrase,
    keychain: foundation.keychain,
    isExpected: () => hasSecrets(workspace),
  });
  const secrets = hideFromLog(vault, log);
  const historyFile = openHistory({ file: paths.historyDb, clock });
  const historyAnchor = new HistoryAnchor({ history: historyFile, vault, clock, log });
  lifecycle.closeAtEnd('history', async () => {
    await historyAnchor.close();
    historyFile.close();
  });
  const history = publishHistory(historyFile, events);
  events.subscribe(({ event }) => {
    if (event.type === 'history') historyAnchor.noteAppended();
  });
  void historyAnchor.store();
  const settings = new SettingsService({ workspace, events, history });
  const network: Network = {
    settings: () => settings.current(),
    proxies: environment.proxies,
    times: foundation.times,
  };
  recordPrompts(prompts, events, history, workspace);
  const access = await openAccess({
    dbFile: paths.accessDb,
    tokenFile: paths.token,
    windowKeyFile: paths.windowKey,
    issuerFile: paths.issuer,
    secrets,
    keyDays: () => settings.current().tokenKeyDays,
    clock,
    elapsed,
    history,
    network,
    log,
    signal: lifecycle.signal,
  });
  lifecycle.closeAtEnd('access', () => {
    access.close();
  });
  log.hide(access.ownerToken(), 'for good');
  const requireVault = requireUnlocked(vault);
  return {
    events,
    prompts,
    workspace,
    settings,
    network,
    vault,
    secrets,
    history,
    historyAnchor,
    access,
    requireVault,
  };
}

/** Whether something of the workspace has secrets in the vault. */
function hasSecrets(workspace: WorkspaceStore): boolean {
  return (
    workspace
      .sessions()
      .some(({ type, status }) => type === 'awsIamUser' || status !== 'inactive') ||
    workspace
      .integrations()
      .some((one) => one.status === 'logged-in' || (one.kind === 'azure' && one.credential))
  );
}
