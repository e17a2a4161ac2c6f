import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import type { PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { accountId, type Ran } from '../e2e/cli/computer.ts';
import { nextVersion } from './next-version.ts';

/** A computer on which a package is installed, used, upgraded and removed. */
export interface Machine {
  /** Of the user, in which `.aws` is. */
  readonly home: string;
  /** Runs the installed command as the user. */
  stint(args: readonly string[], input?: string): Promise<Ran>;
  install(): Promise<unknown>;
  upgrade(): Promise<unknown>;
  remove(): Promise<unknown>;
}

/** What the agent and the command need in the environment to use the practice cloud. */
export function environmentFor({ stsEndpoint }: PracticeCloud): Readonly<Record<string, string>> {
  return {
    STINT_SECRETS: 'passphrase',
    STINT_PASSPHRASE: 'correct horse battery staple',
    AWS_ENDPOINT_URL_STS: stsEndpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** What a step took, in seconds, by its name. */
export type Times = Record<string, number>;

/**
 * Installs, starts the first session, upgrades over the running agent, and removes; each step has to
 * work as it would for a person. Returns how long each took.
 */
export async function installUpgradeRemove(machine: Machine, cloud: PracticeCloud): Promise<Times> {
  const times: Times = {};
  const timed = async <T>(name: string, step: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await step();
    times[name] = Math.round((performance.now() - began) / 100) / 10;
    return result;
  };
  const succeed = async (...args: readonly string[]) => {
    const ran = await machine.stint(args);
    expect(ran.code, `stint ${args.join(' ')}: ${ran.stderr}`).toBe(0);
    return ran;
  };
  const credentialsFile = () => readFile(join(machine.home, '.aws', 'credentials'), 'utf8');

  await timed('install', () => machine.install());
  const help = await timed('first command (`stint --help`)', () => succeed('--help'));
  expect(help.stdout).toContain('Usage: stint');

  const { accessKeyId, secretAccessKey } = await connectAdmin(cloud).createUser({
    accountId,
    userName: `anna-${Math.random().toString(36).slice(2)}`,
    mfa: false,
  });
  await timed('first session, with the start of the agent', async () => {
    const added = await machine.stint(
      ['session', 'add', '--from-json', '-'],
      JSON.stringify({
        type: 'awsIamUser',
        sessionName: 'anna',
        region: 'eu-west-1',
        secrets: { accessKeyId, secretAccessKey },
      }),
    );
    expect(added.code, added.stderr).toBe(0);
    await succeed('start', 'anna');
  });
  const delivered = await credentialsFile();
  expect(delivered).toContain('[anna]');
  await expectCredentials(await succeed('credentials', 'anna'), cloud);
  const { pid } = await owner(machine);

  // The older agent continues until the newer one takes over; at no moment are the credentials gone.
  await timed('upgrade, with the change of the agent', async () => {
    await machine.upgrade();
    expect(await credentialsFile()).toBe(delivered);
    expect((await succeed('--version')).stdout).toBe(`${nextVersion}\n`);
    await expectCredentials(await succeed('credentials', 'anna'), cloud);
    expect((await owner(machine)).pid).toBe(pid);
    const { stderr } = await succeed('agent', 'start');
    expect(stderr).toContain(`stint agent ${nextVersion} is running`);
  });
  expect(await owner(machine)).toMatchObject({ version: nextVersion });
  const { stdout: active } = await succeed('session', 'list', '--active', '--json');
  expect(JSON.parse(active)).toMatchObject([{ sessionName: 'anna', status: 'active' }]);
  expect(await credentialsFile()).toContain('[anna]');
  await expectCredentials(await succeed('credentials', 'anna'), cloud);

  await timed('remove', () => machine.remove());
  await expect(stat(join(machine.home, '.aws', 'credentials'))).rejects.toThrow('ENOENT');
  return times;
}

async function owner(
  machine: Machine,
): Promise<{ readonly pid: number; readonly version: string }> {
  const { stdout } = await machine.stint(['agent', 'status', '--json']);
  return JSON.parse(stdout) as { pid: number; version: string };
}

/** Asks the practice cloud who has these credentials. */
async function expectCredentials({ stdout }: Ran, { stsEndpoint }: PracticeCloud): Promise<void> {
  const said = JSON.parse(stdout) as Record<string, string>;
  const client = new STSClient({
    endpoint: stsEndpoint,
    region: 'eu-west-1',
    credentials: {
      accessKeyId: String(said['AccessKeyId']),
      secretAccessKey: String(said['SecretAccessKey']),
      sessionToken: String(said['SessionToken']),
    },
  });
  const { Account } = await client.send(new GetCallerIdentityCommand({}));
  client.destroy();
  expect(Account).toBe(accountId);
}

/** Prints a part of the table in docs/packages.md. */
export function report(kind: string, times: Times, megabytes: Readonly<Record<string, number>>) {
  const sizes = Object.entries(megabytes).map(([what, size]) => `${what}: ${size.toFixed(1)} MB`);
  const steps = Object.entries(times).map(([what, time]) => `${what}: ${time.toFixed(1)} s`);
  console.log([`${kind}:`, ...sizes, ...steps].join('\n  '));
}
