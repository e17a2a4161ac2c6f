import type { Access } from './access/access.ts';
import type { Changes } from './changes/changes.ts';
import type { ConsoleService } from './console/console-service.ts';
import type { Leftover } from './delivery/delivery.ts';
import type { EventLog } from './events/event-log.ts';
import type { HistoryAnchor } from './history/anchor.ts';
import type { History } from './history/history.ts';
import type { IdentityProviderService } from './identity-providers/identity-provider-service.ts';
import type { ImportService } from './import/import-service.ts';
import type { IntegrationService } from './integrations/integration-service.ts';
import type { Leases } from './leases/leases.ts';
import type { Log } from './log/log.ts';
import type { ProfileService } from './profiles/profile-service.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { PromptService } from './prompts/prompt-service.ts';
import type { ReleaseCheck } from './releases/release-check.ts';
import type { SessionService } from './session-service.ts';
import type { SessionTrials } from './sessions/session-trials.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { IdleLock } from './vault/idle-lock.ts';
import type { VaultRestore } from './vault/vault-contract.ts';
import type { VaultLock } from './vault/vault-lock.ts';
import type { Vault } from './vault/vault.ts';

/** The process that owns the workspace. */
export interface OwnerProcess {
  readonly pid: number;
  readonly version: string;
  /** The loopback port, if it listens on one. */
  readonly port: () => number | undefined;
  /** The loopback port; starts to listen on any free one if it does not yet. */
  readonly listen: () => Promise<number>;
  /** Ends this owner without stopping sessions, so that another can take over. */
  /** Whether it was started where it can show windows. */
  readonly hasScreen: boolean;
  readonly release: () => void;
  /** Ends this owner; the setting onQuit decides whether running sessions stop. */
  readonly stop: () => void;
}

/** Everything the HTTP app is built on. */
export interface Services {
  readonly sessions: SessionService;
  readonly trials: SessionTrials;
  readonly integrations: IntegrationService;
  readonly identityProviders: IdentityProviderService;
  readonly profiles: ProfileService;
  readonly console: ConsoleService;
  readonly imports: ImportService;
  readonly leases: Leases;
  readonly changes: Changes;
  readonly prompts: PromptService;
  readonly events: EventLog;
  readonly history: History;
  readonly historyAnchor: HistoryAnchor;
  readonly access: Access;
  readonly settings: SettingsService;
  readonly vault: Vault;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly owner: OwnerProcess;
  readonly releases: ReleaseCheck;
  /** The id of the prompt that unlocks the vault; opens it if it is not open yet. */
  readonly unlockPrompt: () => string;
  /** What stops could not remove or restore so far; Stint keeps trying. */
  readonly leftovers: () => readonly Leftover[];
  /** Takes what somebody else wrote into the workspace, so that it is shown. Never rejects. */
  readonly refreshWorkspace: () => Promise<void>;
  /** Opens a vault that waited for a keychain which a person has unlocked meanwhile. */
  readonly retryKeychain: () => Promise<void>;
  /** Locks and unlocks the vault at a request. */
  readonly vaultLock: VaultLock;
  /** Of each request: the vault is locked on idle, which use of Stint puts off. */
  readonly noteRequest: IdleLock['noteRequest'];
  /** Puts the version before, or an empty vault, in the place of one that is lost. Throws like `Vault.restore`. */
  readonly restoreVault: (from: 'previous' | 'nothing') => Promise<VaultRestore>;
  /** What a person should know about the last load of the workspace and the databases. */
  readonly notices: () => readonly string[];
}
