import * as z from 'zod';
import { awsAccessKeysSchema } from '../../models/credentials.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import { readSecret } from '../vault/read-secret.ts';
import type { SecretStore } from '../vault/secret-store.ts';

const keys = {
  oldKeys: awsAccessKeysSchema,
  newKeys: awsAccessKeysSchema,
  /** Of the new key: milliseconds since the epoch. */
  createdAt: z.number(),
};

/**
 * How far a rotation came, in the vault, written before each step so that the next owner can continue.
 * `creating`: a key may have been made, whose secret nobody knows. `trying`: the session still uses the
 * old key. `deactivating`: it uses the new key. `undoing`: it uses the old key again, and the new one is
 * still to be deleted. `waiting`: all but the deletion of the old key is done.
 */
export const rotationRecordSchema = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('creating'),
    /** The user's keys before. */
    knownKeyIds: z.array(z.string()),
  }),
  z.object({ step: z.literal('trying'), ...keys }),
  z.object({ step: z.literal('deactivating'), ...keys }),
  z.object({ step: z.literal('undoing'), oldKeys: keys.oldKeys, newKeys: keys.newKeys }),
  z.object({ step: z.literal('waiting'), oldKeys: keys.oldKeys }),
]);
export type RotationRecord = z.infer<typeof rotationRecordSchema>;
export type RecordAt<Step extends RotationRecord['step']> = Extract<
  RotationRecord,
  { readonly step: Step }
>;

/** The record's entry in the vault. */
export function rotationEntry(sessionId: string): string {
  return `aws-iam-user/${sessionId}/key-rotation`;
}

/** Reads and writes the records. Throws Problem 'secret-unreadable' and what the vault throws. */
export class RotationRecords {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  async read({ sessionId, sessionName }: AwsIamUserSession): Promise<RotationRecord | undefined> {
    return await readSecret(this.#secrets, rotationEntry(sessionId), rotationRecordSchema, {
      what: `The record of the key rotation of session ${sessionName}`,
      next: `Check the user's keys in the IAM console, and enter the one to use: stint session edit ${sessionId} --access-keys`,
      sessionId,
    });
  }

  async write(sessionId: string, record: RotationRecord): Promise<void> {
    await this.#secrets.set(rotationEntry(sessionId), JSON.stringify(record));
  }

  async remove(sessionId: string): Promise<void> {
    await this.#secrets.delete(rotationEntry(sessionId));
  }
}
