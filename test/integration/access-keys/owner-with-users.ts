import { afterAll, afterEach, beforeAll } from 'vitest';
import type { AwsAccessKeys } from '../../../src/models/credentials.ts';
import type { AwsIamUserSession, Session } from '../../../src/models/session.ts';
import type { RotationRecord } from '../../../src/services/access-keys/rotation-record.ts';
import {
  eventually,
  scratchOwner,
  type Added,
  type ScratchOwner,
} from '../../support/scratch-owner.ts';
import { by, journey } from '../../support/session-journey.ts';

/** One owner and practice cloud for the tests of a file; each test has its own user. */
export function ownerWithUsers() {
  let owner: ScratchOwner;
  let users = 0;
  beforeAll(async () => {
    owner = await scratchOwner();
  });
  afterAll(async () => {
    await owner.close();
  });
  /** AWS works again. */
  const heal = () =>
    owner.cloud.setOverrides({
      newKeyDelayMs: 0,
      iamDenies: [],
      iamNeedsMfa: false,
      iamLosesAnswers: [],
      failNext: 0,
    });
  afterEach(heal);
  const entry = ({ sessionId }: Session) => `aws-iam-user/${sessionId}/key-rotation`;
  const { now, start, whoIs } = journey(() => owner);
  return {
    owner: () => owner,
    heal,
    now,
    start,
    whoIs,
    addUser: async (options?: { readonly mfa?: boolean }): Promise<Added> => {
      users += 1;
      return await owner.addUser(`user-${users}`, options);
    },
    rotate: ({ sessionId }: Session) =>
      owner.stint.sessions.rotateKeys(sessionId, { finish: false, by }),
    finish: ({ sessionId }: Session) =>
      owner.stint.sessions.rotateKeys(sessionId, { finish: true, by }),
    keysOf: async ({ sessionId }: Session) =>
      JSON.parse(
        String(await owner.stint.vault.get(`aws-iam-user/${sessionId}/keys`)),
      ) as AwsAccessKeys,
    record: async (session: Session) => {
      const text = await owner.stint.vault.get(entry(session));
      return text === undefined ? undefined : (JSON.parse(text) as RotationRecord);
    },
    writeRecord: (session: Session, record: RotationRecord) =>
      owner.stint.vault.set(entry(session), JSON.stringify(record)),
    rotation: (session: Session) => (now(session) as AwsIamUserSession).keyRotation,
    /** The user's keys at AWS, oldest first, by status. */
    atAws: async (arn: string) =>
      (await owner.cloud.keys(arn)).map(({ accessKeyId, status }) => [accessKeyId, status]),
    /** Oldest first. */
    history: (session: Session) =>
      owner.stint.history.list({ session: session.sessionId }).items.toReversed(),
    /** Lets time pass until `done` ends. */
    passUntil: async (done: Promise<unknown>): Promise<void> => {
      let isOver = false;
      const end = () => {
        isOver = true;
      };
      void done.then(end, end);
      await eventually(
        async () => {
          await owner.pass(15);
          return isOver;
        },
        (is) => is,
      );
    },
  };
}

/** As Stint names a key. */
export const short = (accessKeyId: unknown) => `AKIA…${String(accessKeyId).slice(-4)}`;
