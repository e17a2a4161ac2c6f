import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod';
import type { HomePaths } from '../services/files/home.ts';
import { renewFile } from '../services/files/private-file.ts';
import { version } from './version.ts';

const recordSchema = z.object({
  port: z.int().optional(),
  socket: z.string().optional(),
  /** The name of the machine that the owner runs on. */
  machine: z.string().optional(),
});

/**
 * `agent.json`: who the owner is and where it listens, for clients and for the next owner. It stays
 * when the owner hands over, is killed, or ends and its sessions continue.
 */
export class OwnerRecord {
  readonly #paths: HomePaths;
  readonly #socketPath: string;

  constructor(paths: HomePaths, socketPath: string) {
    this.#paths = paths;
    this.#socketPath = socketPath;
  }

  /** `port`: of the loopback listener, where there is one. Throws Problem 'file-unwritable'. */
  async write(port: number | undefined): Promise<void> {
    const record = {
      pid: process.pid,
      version,
      machine: hostname(),
      ...(port === undefined ? {} : { port }),
      ...(this.#socketPath === this.#paths.socket ? {} : { socket: this.#socketPath }),
    };
    await renewFile(this.#paths.agentFile, `${JSON.stringify(record)}\n`);
  }

  /** The loopback port that the last owner recorded. */
  async port(): Promise<number | undefined> {
    return (await readRecord(this.#paths.agentFile))?.port;
  }

  /** What a person should know before two machines write this home; none where this one did last. */
  async noticeOfOther(): Promise<string | undefined> {
    const machine = (await readRecord(this.#paths.agentFile))?.machine;
    if (machine === undefined || machine === hostname()) return undefined;
    return (
      `An agent on ${machine} used ${this.#paths.home} last and did not end there. If it still ` +
      'runs, stop it there: one home on two machines is not supported.'
    );
  }

  async remove(): Promise<void> {
    await rm(this.#paths.agentFile, { force: true });
  }
}

/** Undefined if there is no record, or none that can be understood. */
export async function readRecord(file: string): Promise<z.infer<typeof recordSchema> | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
