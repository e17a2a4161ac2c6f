import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/services/clock/clock.ts';
import { createAwsCredentialsDelivery } from '../../src/services/delivery/aws-credentials/delivery.ts';
import { ratioRow, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

const sections = 2000;

/** Writing a session into a large file of the user's, as somebody with a generated one has. */
export const deliverySubject: Subject = { name: 'delivery', measure };

async function measure(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-bench-'));
  const file = join(folder, 'credentials');
  // Delivery waits for quiet after a write by another program, so what it is compared with has its own file.
  const other = join(folder, 'other');
  for (const path of [file, other]) await writeFile(path, largeFile(), { mode: 0o600 });
  const delivery = deliveryInto(folder, file);
  let turn = 0;
  try {
    const { ours, limit } = await inTurns(60, {
      ours: () => {
        turn += 1;
        return delivery.write(target, credentialsOf(turn), {
          replaceSection: false,
          supersedes: [],
        });
      },
      limit: async () => {
        const handle = await open(`${other}.new`, 'w');
        await handle.writeFile(await readFile(other));
        await handle.sync();
        await handle.close();
        await rename(`${other}.new`, other);
      },
    });
    const name = `delivery into a file of ${sections} sections`;
    return [
      ratioRow(name, '× read, write, fsync and rename of it', { atMost: 4 }, { ours, limit }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const target = {
  kind: 'credentials' as const,
  sessionId: randomUUID(),
  sessionName: 'bench',
  profileName: 'bench',
  region: 'eu-west-1',
};

function largeFile(): string {
  return Array.from(
    { length: sections },
    (_, index) =>
      `[profile-${index}]\naws_access_key_id = AKIA${index}\naws_secret_access_key = x\n\n`,
  ).join('');
}

function credentialsOf(turn: number) {
  return {
    accessKeyId: `ASIA${turn}`,
    secretAccessKey: 'x',
    sessionToken: 'x'.repeat(800),
    expiration: '2026-11-20T12:00:00.000Z',
  };
}

function deliveryInto(folder: string, file: string) {
  return createAwsCredentialsDelivery({
    credentialsFile: () => file,
    configFile: () => join(folder, 'config'),
    writesInPlace: () => false,
    journalFile: join(folder, 'cleanup.json'),
    clock: systemClock,
    processLine: () => '',
    secrets: {
      get: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
      lacks: () => true,
      names: () => Promise.resolve([]),
    },
  });
}
