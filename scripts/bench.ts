import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/services/clock/clock.ts';
import { createAwsCredentialsDelivery } from '../src/services/delivery/aws-credentials/delivery.ts';
import { connectAdmin } from '../practice-cloud/admin-client.ts';
import { makeScratch, run, startPracticeCloud, stint, type Scratch } from './demo/scratch.ts';

/*
 * `npm run bench`: what a person feels, as ratios to what the machine can do at all, measured in the
 * same run; each beside its limit. Ends non-zero where one is over it.
 */

interface Measured {
  readonly what: string;
  /** Milliseconds of ours, and of the least that would do the same. */
  readonly ours: number;
  readonly floor: number;
  readonly limit: number;
}

const rounds = 9;

/** The median of some rounds, in milliseconds; the first round only warms up. */
async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now();
    await work();
    if (round > 0) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/**
 * The medians of many rounds of each, in milliseconds. In turns, so that other work of the
 * machine slows all of them.
 */
async function medians(...works: readonly (() => unknown)[]): Promise<readonly number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round <= rounds * 5; round += 1) {
    for (const [nth, work] of works.entries()) {
      const started = performance.now();
      await work();
      if (round > 0) times[nth]?.push(performance.now() - started);
    }
  }
  return times.map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN);
}

async function measureCommand(): Promise<readonly Measured[]> {
  const cloud = await startPracticeCloud();
  const scratch = await makeScratch(cloud);
  const dist = join(import.meta.dirname, '..', 'dist', 'stint.cjs');
  try {
    const user = { accountId: '447109328810', userName: 'anna' };
    const { accessKeyId, secretAccessKey } = await connectAdmin(cloud).createUser(user);
    const added = await stint(scratch, ['session', 'add', '--from-json', '-'], {
      input: JSON.stringify({
        type: 'awsIamUser',
        sessionName: 'bench',
        region: 'eu-west-1',
        secrets: { accessKeyId, secretAccessKey },
      }),
    });
    await stint(scratch, ['start', 'bench']);
    const empty = () => spawnSync(process.execPath, ['-e', '0']);
    const node = await median(empty);
    const ours = (...args: readonly string[]) =>
      median(() => run(scratch, process.execPath, [dist, ...args]));
    // The line of the delivery credential-process.
    const line = [dist, 'credentials', added.trim(), '--home', scratch.env['STINT_HOME'] ?? ''];
    const [least = Number.NaN, fast = Number.NaN] = await medians(empty, () => {
      const { stdout } = spawnSync(process.execPath, line, { env: scratch.env });
      if (!stdout.includes('SessionToken')) throw new Error('it printed no credentials');
    });
    const inShell = { ...scratch.env, ...(await variables(scratch)) };
    const [leastOfPrompt = Number.NaN, prompt = Number.NaN] = await medians(empty, () => {
      const { stdout } = spawnSync(process.execPath, [dist, 'whoami', '--short'], { env: inShell });
      if (!stdout.includes('bench')) throw new Error('it named no session');
    });
    return [
      {
        what: 'stint whoami, in a prompt, against a bare node -e 0',
        ours: prompt,
        floor: leastOfPrompt,
        limit: 1.4,
      },
      {
        what: 'the program of a profile (stint credentials ID), against a bare node -e 0',
        ours: fast,
        floor: least,
        limit: 1.4,
      },
      {
        what: 'stint credentials NAME, against a bare node -e 0',
        ours: await ours('credentials', 'bench'),
        floor: node,
        limit: 1.7,
      },
      {
        what: 'stint session list, against a bare node -e 0',
        ours: await ours('session', 'list'),
        floor: node,
        limit: 4,
      },
    ];
  } finally {
    await stint(scratch, ['agent', 'stop']).catch(() => undefined);
    cloud.end();
    await scratch.remove();
  }
}

/** What a shell has after `stint env`. */
async function variables(scratch: Scratch): Promise<NodeJS.ProcessEnv> {
  const json = await stint(scratch, ['env', 'bench', '--shell', 'json']);
  const entries = Object.entries(JSON.parse(json) as Record<string, string | null>);
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
}

/** A file of 2,000 profiles, as somebody with a generated one has. */
async function measureEditor(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-bench-'));
  const file = join(folder, 'credentials');
  const text = Array.from(
    { length: 2000 },
    (_, index) =>
      `[profile-${index}]\naws_access_key_id = AKIA${index}\naws_secret_access_key = x\n\n`,
  ).join('');
  await writeFile(file, text, { mode: 0o600 });
  const delivery = createAwsCredentialsDelivery({
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
      names: () => Promise.resolve([]),
    },
  });
  const target = {
    kind: 'credentials' as const,
    sessionId: randomUUID(),
    sessionName: 'bench',
    profileName: 'bench',
    region: 'eu-west-1',
  };
  let turn = 0;
  try {
    const ours = await median(async () => {
      turn += 1;
      await delivery.write(
        target,
        {
          accessKeyId: `ASIA${turn}`,
          secretAccessKey: 'x',
          sessionToken: 'x'.repeat(800),
          expiration: '2026-11-20T12:00:00.000Z',
        },
        { replaceSection: false, supersedes: [] },
      );
    });
    const floor = await median(async () => {
      const handle = await open(`${file}.floor`, 'w');
      await handle.writeFile(await readFile(file));
      await handle.sync();
      await handle.close();
      await rename(`${file}.floor`, file);
    });
    const what = 'delivery into 2,000 sections, against read, write, fsync and rename of that file';
    return { what, ours, floor, limit: 60 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const all = [...(await measureCommand()), await measureEditor()];
for (const { what, ours, floor, limit } of all) {
  const ratio = ours / floor;
  const verdict = ratio <= limit ? 'ok' : 'over';
  console.log(
    `${verdict.padEnd(4)} ${ratio.toFixed(2)} (limit ${limit})  ${what}: ` +
      `${ours.toFixed(1)} ms to ${floor.toFixed(1)} ms`,
  );
  if (ratio > limit) process.exitCode = 1;
}
