import { roughDuration } from '../../models/duration.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { instantText } from '../terminal/instant-text.ts';

/** What is known of the access key of an IAM user, in words. Empty for other sessions. */
export function keyTexts(session: SessionView, now = Date.now()): Readonly<Record<string, string>> {
  if (session.type !== 'awsIamUser') return {};
  const { keyCreatedAt, keyRotation } = session;
  return {
    ...(keyCreatedAt === undefined
      ? {}
      : {
          keyCreatedAt: `${instantText(keyCreatedAt)} (${roughDuration(now - Date.parse(keyCreatedAt))} ago)`,
        }),
    ...(keyRotation === undefined
      ? {}
      : {
          keyRotation:
            keyRotation.step === 'unfinished'
              ? 'unfinished; Stint continues automatically'
              : `the old key ${keyRotation.oldKey ?? ''} is deactivated since ${instantText(keyRotation.since)}; delete it with: ` +
                `stint session rotate-keys ${session.sessionId} --finish`,
        }),
  };
}
