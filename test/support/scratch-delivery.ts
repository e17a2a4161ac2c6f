import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AwsCredentials } from '../../src/models/credentials.ts';
import { Problem } from '../../src/models/problem.ts';
import { createAwsCredentialsDelivery } from '../../src/services/delivery/aws-credentials/delivery.ts';
import { systemClock } from '../../src/services/clock/clock.ts';
import type { AwsFileKind, Delivery, ProfileTarget } from '../../src/services/delivery/delivery.ts';
import type { ProfilePublisher } from '../../src/services/delivery/published-profiles.ts';
import type { SecretStore } from '../../src/services/vault/secret-store.ts';

/** A vault that tests can lock and read, without the seconds of a real key derivation. */
export class OpenVault implements SecretStore {
  readonly secrets = new Map<string, string>();
  locked = false;

  #check(): void {
    if (this.locked)
      throw new Problem('vault-locked', { next: 'Try again.', detail: 'The vault is locked.' });
  }

  get(name: string): Promise<string | undefined> {
    return this.#when(() => this.secrets.get(name));
  }

  set(name: string, value: string): Promise<void> {
    return this.#when(() => void this.secrets.set(name, value));
  }

  delete(name: string): Promise<void> {
    return this.#when(() => void this.secrets.delete(name));
  }

  lacks(name: string): boolean {
    return !this.secrets.has(name);
  }

  names(): Promise<readonly string[]> {
    return this.#when(() => [...this.secrets.keys()]);
  }

  async #when<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    this.#check();
    return work();
  }
}

export interface Scratch {
  readonly folder: string;
  readonly home: string;
  readonly file: string;
  readonly configFile: string;
  readonly journalFile: string;
  readonly vault: OpenVault;
  readonly delivery: Delivery<ProfileTarget, AwsCredentials> & ProfilePublisher;
  /** The next owner after a crash: same files, same vault, nothing in memory. */
  restarted(): Delivery<ProfileTarget, AwsCredentials> & ProfilePublisher;
  /** The content of the credentials file, byte for byte; undefined if there is none. */
  bytes(): Promise<string | undefined>;
  write(bytes: string | Buffer): Promise<void>;
}

interface ScratchOptions {
  readonly file?: string;
  readonly configFile?: string;
  readonly inPlace?: boolean;
  readonly processLine?: (sessionId: string) => string;
}

/** A home and an AWS folder of the test's own; the latter is only made by `write`. */
export async function scratchDelivery(where: ScratchOptions = {}): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-delivery-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return scratchIn(folder, where);
}

export function scratchIn(folder: string, where: ScratchOptions = {}): Scratch {
  const home = folder;
  const file = where.file ?? join(folder, 'credentials');
  const configFile = where.configFile ?? join(folder, 'config');
  const journalFile = join(home, 'cleanup.json');
  const vault = new OpenVault();
  const restarted = () =>
    createAwsCredentialsDelivery({
      credentialsFile: () => file,
      configFile: () => configFile,
      writesInPlace: () => where.inPlace === true,
      journalFile,
      secrets: vault,
      processLine: where.processLine ?? processLine,
      clock: systemClock,
    });
  return {
    folder,
    home,
    file,
    configFile,
    journalFile,
    vault,
    delivery: restarted(),
    restarted,
    bytes: () => readFile(file, 'latin1').catch(() => undefined),
    write: (bytes) =>
      writeFile(file, bytes, {
        encoding: typeof bytes === 'string' ? 'latin1' : null,
        mode: 0o600,
      }),
  };
}

/** What the profile of a session in the config file runs. */
export const processLine = (sessionId: string) =>
  `/usr/bin/node '/opt/my stint/stint.cjs' credentials ${sessionId}`;

export function target(
  profileName: string,
  number = 1,
  kind: AwsFileKind = 'credentials',
): ProfileTarget {
  return {
    kind,
    sessionId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    sessionName: `session ${number}`,
    profileName,
    region: 'eu-west-1',
  };
}

/** Different for each `seed`; looks like what STS grants. */
export function credentials(seed = 1): AwsCredentials {
  return {
    accessKeyId: `ASIA${String(seed).padStart(16, 'X')}`,
    secretAccessKey: `secret/${seed}+${'k'.repeat(32)}`,
    sessionToken: `token/${seed}==${'t'.repeat(200)}`,
    expiration: '2099-01-01T00:00:00.000Z',
  };
}

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

export * from './write-options.ts';
