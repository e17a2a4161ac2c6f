import { printable } from '../../models/printable.ts';
import { instantText } from '../terminal/instant-text.ts';

export interface Renewed {
  readonly sessionName: string;
  readonly run?:
    | {
        readonly renewalFailure?:
          | {
              readonly message: string;
              readonly since: string;
              readonly nextTryAt?: string | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** Why the credentials of a session could not be renewed, and when Stint tries again; or undefined. */
export function renewalText({ run }: Renewed): string | undefined {
  const failure = run?.renewalFailure;
  if (failure === undefined) return undefined;
  const { message, since, nextTryAt } = failure;
  const next =
    nextTryAt === undefined
      ? 'Renew it with: stint rotate'
      : `Next attempt: ${instantText(nextTryAt)}`;
  return printable(`failing since ${instantText(since)}: ${message} ${next}`);
}

/** One line for each session whose renewal fails. */
export function renewalLines(sessions: readonly Renewed[]): readonly string[] {
  return sessions.flatMap((session) => {
    const text = renewalText(session);
    return text === undefined ? [] : `Renewal of ${printable(session.sessionName)} is ${text}`;
  });
}
