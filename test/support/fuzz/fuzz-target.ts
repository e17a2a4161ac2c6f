import fc from 'fast-check';
import { fuzzInputs, numRuns } from '../campaign.ts';

/** A part of Stint that reads what others wrote, and what must hold whatever they wrote. */
export interface FuzzTarget {
  readonly name: string;
  /** How many inputs have one seed; `npm test` tries so many. */
  readonly inputs: number;
  /** For one round of inputs, so that a seed alone repeats it. */
  open(): Promise<OpenTarget> | OpenTarget;
}

export interface OpenTarget {
  readonly property: fc.IRawProperty<unknown[]>;
  readonly close?: () => Promise<void>;
}

export interface FuzzRound {
  readonly inputs: number;
  /** The smallest input found that fails, its error, and how to repeat the round. */
  readonly failure?: string;
}

/** Tries the inputs of one seed. */
export async function fuzzRound(target: FuzzTarget, seed: number): Promise<FuzzRound> {
  const { property, close } = await target.open();
  try {
    const details = await fc.check(property, { seed, numRuns: fuzzInputs(target.inputs) });
    const message = await fc.asyncDefaultReportMessage(details);
    return {
      inputs: details.numRuns,
      ...(message === undefined
        ? {}
        : {
            failure: `${message}\n${causeOf(details.errorInstance)}\nRepeat it: npm run fuzz -- --target ${target.name} --seed ${seed}`,
          }),
    };
  } finally {
    await close?.();
  }
}

function causeOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** For a test: one round, in a campaign ten. Throws the first failure. */
export async function fuzzBriefly(target: FuzzTarget): Promise<void> {
  const first = aSeed();
  for (let round = 0; round < numRuns(1); round += 1) {
    const { failure } = await fuzzRound(target, first + round);
    if (failure !== undefined) throw new Error(failure);
  }
}

export function aSeed(): number {
  return Math.trunc(Math.random() * 2 ** 30);
}
