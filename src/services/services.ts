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

/** The process that owns the workspace. */
export interface OwnerProcess {
  readonly pid: number;
  readonly version: string;
  /** The loopback port, if it listens on one. */
  readonly port: () => number | undefined;
  /** The loopback port; starts to listen on any free one if it does not yet. */
  readonly listen: () => Promise<number>;
  /** Ends this owner without stopping sessions, so that another can take over. */
  readonly release: () => void;
  /** Ends this owner; the setting onQuit decides whether running sessions stop. */
  readonly stop: () => void;
}

/** Everything the HTTP app is built on. */
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
  /** The id of the prompt that unlocks the vault; opens it if it is not open yet. */
  readonly unlockPrompt: () => string;
  /** What a person should know about the last load of the workspace and the databases. */
  readonly notices: () => readonly string[];
}
