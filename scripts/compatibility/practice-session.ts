import { setTimeout as pause } from 'node:timers/promises';
import type { Scratch } from '../demo/scratch.ts';
import type { Delivery, Lifetime, Surroundings } from './client.ts';

/** A computer with a session that is started and stopped again for each delivery. */
export interface PracticeSession {
  readonly scratch: Scratch;
  /** The name of the session, which is its profile too. */
  readonly name: string;
  /** What proves it: its ARN, or its tenant. */
  readonly identity: string;
  readonly surroundings: Surroundings;
  /** Of the programs that ask. */
  readonly env: NodeJS.ProcessEnv;
  /** Before each question: undoes what one client leaves to disturb another. */
  tidy(): Promise<void>;
  /** How many signed requests were accepted so far. */
  signatures(): number;
  /** Starts the session, which delivers like that, with credentials of that lifetime. */
  start(lifetime: Lifetime, delivery: Delivery): Promise<void>;
  /** Resolves once everything that was delivered has been replaced and, if short, has expired. */
  renewed(lifetime: Lifetime): Promise<void>;
  /** Stops it, and resolves once nothing short that was delivered is valid any more. */
  stop(lifetime: Lifetime): Promise<void>;
  remove(): Promise<void>;
}

/** Waits until credentials that were granted at this moment have expired, also by the cloud's clock. */
export async function expiry(grantedSeconds: number): Promise<void> {
  await pause(grantedSeconds * 1000 + 3_000);
}
