import type { SessionFields } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../history/history.ts';
import type { IdentityProviderService } from '../identity-providers/identity-provider-service.ts';
import type { IntegrationService } from '../integrations/integration-service.ts';
import type { Log } from '../log/log.ts';
import type { AwsIamUserProvider } from '../providers/aws-iam-user.ts';
import type { SessionService } from '../session-service.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import type { Importers } from './importers.ts';

/** What imports work with. */
export interface ImportParts {
  readonly importers: Importers;
  readonly repository: SessionRepository;
  readonly workspace: WorkspaceStore;
  readonly sessions: Pick<SessionService, 'remove'>;
  readonly integrations: Pick<IntegrationService, 'get' | 'remove'>;
  readonly identityProviders: Pick<IdentityProviderService, 'remove'>;
  readonly awsIamUser: Pick<AwsIamUserProvider, 'setKeys' | 'accessKeyId' | 'dropSecrets'>;
  readonly changeSettings: SettingsService['change'];
  readonly settings: () => Settings;
  /** The delivery of a session that names none. */
  readonly usualDelivery: (session: Session | SessionFields) => string;
  readonly events: EventLog;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** The user's home folder. */
  readonly userHome: string;
}
