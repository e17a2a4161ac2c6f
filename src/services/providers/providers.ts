import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { SessionType } from '../../models/session-fields.ts';
import type { CredentialProvider } from './provider.ts';

/** The providers of this version, by the type of session they are for. */
export type Providers = Readonly<Partial<Record<SessionType, CredentialProvider<never>>>>;

/** Throws Problem 'type-unsupported' for a type this version cannot start yet. */
export function providerFor(
  providers: Providers,
  { type, sessionId, sessionName }: Session,
): CredentialProvider<never> {
  const provider = providers[type];
  if (provider !== undefined) return provider;
  throw new Problem('type-unsupported', {
    detail: `Session ${sessionName} is of type ${type}, which this version cannot start yet.`,
    next: 'Nothing was changed; the session stays in the workspace.',
    sessionId,
  });
}
