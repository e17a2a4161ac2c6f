import type { Access } from './access/access.ts';
import type { EventLog } from './events/event-log.ts';
import type { History } from './history/history.ts';
import type { IdentityProviderService } from './identity-providers/identity-provider-service.ts';
import type { IntegrationService } from './integrations/integration-service.ts';
import type { Leases } from './leases/leases.ts';
import type { Log } from './log/log.ts';
import type { PromptService } from './prompts/prompt-service.ts';
import type { SessionService } from './session-service.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { Vault } from './vault/vault.ts';

/** The process that owns the workspace, as seen by its clients. */
export interface OwnerProcess {
  readonly pid: number;
  readonly version: string;
  /** Loopback port, where one is listened on. */
  readonly port: () => number | undefined;
  /** Listens on loopback, on any port where it does not yet, and tells the port. */
  readonly listen: () => Promise<number>;
  /** Ends this owner without stopping sessions, so that another may take over. */
  readonly release: () => void;
  /** Ends this owner; the quit setting says what becomes of running sessions. */
  readonly stop: () => void;
}

/** Everything the owner process offers: what the HTTP app is built on. */
export interface Services {
  readonly sessions: SessionService;
  readonly integrations: IntegrationService;
  readonly identityProviders: IdentityProviderService;
  readonly leases: Leases;
  readonly prompts: PromptService;
  readonly events: EventLog;
  readonly history: History;
  readonly access: Access;
  readonly settings: SettingsService;
  readonly vault: Vault;
  readonly log: Log;
  readonly owner: OwnerProcess;
  /** The id of the question that unlocks the vault, raising it if it is not open yet. */
  readonly unlockPrompt: () => string;
  /** What a person must be told about the last load of the workspace and the files. */
  readonly notices: () => readonly string[];
}
