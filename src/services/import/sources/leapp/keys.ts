import { Problem } from '../../../../models/problem.ts';
import { sessionSecretsSchema } from '../../../../models/session-fields.ts';
import type { Draft, DraftSession, Skipped } from '../../draft.ts';

/** Leapp's items of the operating system's keychain (service `Leapp`), by account. */
export interface LeappKeychain {
  /** Undefined if there is no such item. Throws Problem 'keychain-unavailable'. */
  read(account: string): Promise<string | undefined>;
}

/**
 * The draft with the access keys of its IAM users, as Leapp keeps them (aws-iam-user-service.ts). What the keychain
 * does not have, or a keychain that does not answer, is named and keeps nothing else back.
 */
export async function keysFromKeychain(draft: Draft, keychain: LeappKeychain): Promise<Draft> {
  const skipped: Skipped[] = [];
  const sessions: DraftSession[] = [];
  let unavailable: string | undefined;
  for (const session of draft.sessions ?? []) {
    if (session.fields.type !== 'awsIamUser' || session.keys !== undefined) {
      sessions.push(session);
      continue;
    }
    const missing = (reason: string) => {
      const { sessionName: name } = session.fields;
      skipped.push({ kind: 'accessKeys', name, source: 'keychain items of Leapp', reason });
      sessions.push(session);
    };
    if (unavailable !== undefined) {
      missing(unavailable);
      continue;
    }
    try {
      const item = (name: string) => keychain.read(`${session.ref}-iam-user-aws-session-${name}`);
      const keys = sessionSecretsSchema.safeParse({
        accessKeyId: await item('access-key-id'),
        secretAccessKey: await item('secret-access-key'),
      });
      if (keys.success) sessions.push({ ...session, keys: keys.data });
      else {
        missing(
          'The keychain has no access keys of it. Enter them: stint session edit NAME --access-keys',
        );
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      unavailable = `${error.details.detail} Its access keys stay there.`;
      missing(unavailable);
    }
  }
  return { ...draft, sessions, skipped: [...(draft.skipped ?? []), ...skipped] };
}
