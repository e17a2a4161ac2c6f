import { Counter, Histogram, Registry } from 'prom-client';
import { Problem, problemKinds, problemRegistry } from '../../models/problem.ts';
import { sessionTypeSchema, type SessionType } from '../../models/session-fields.ts';

/** What is done with a session; `renew` is a rotation that Stint does by itself. */
const operations = ['start', 'rotate', 'renew', 'stop'] as const;
export type Operation = (typeof operations)[number];

/** Something with a session that ended. */
export interface EndedOperation {
  readonly operation: Operation;
  readonly type: SessionType;
  readonly seconds: number;
  /** What it failed with, if it did. */
  readonly error?: unknown;
}

/** A request that was answered. */
export interface AnsweredRequest {
  /** The operation id of its route; `none` where it reached no route. */
  readonly operation: string;
  readonly seconds: number;
  readonly problem?: Problem | undefined;
}

/** A person may be asked, which takes minutes. In seconds. */
const operationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** In seconds. */
const requestBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/**
 * Counts what happens, for Prometheus: names and units after its "Metric and label naming". No label
 * carries a name, id or address of the user's: types, operations and kinds of failures alone.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'operation'>;
  readonly #requestFailures: Counter<'kind'>;
  readonly #operations: Histogram<'operation' | 'type'>;
  readonly #operationFailures: Counter<'operation' | 'type' | 'kind'>;
  readonly #renewals: Counter<'type' | 'outcome'>;

  constructor() {
    const registers = [this.registry];
    this.#requests = new Histogram({
      name: 'stint_request_duration_seconds',
      help: 'Time from a request to the first byte of its answer.',
      labelNames: ['operation'],
      buckets: requestBuckets,
      registers,
    });
    this.#requestFailures = new Counter({
      name: 'stint_request_failures_total',
      help: 'Requests answered with a problem, by its kind: caller, person, refused, unavailable or bug.',
      labelNames: ['kind'],
      registers,
    });
    this.#operations = new Histogram({
      name: 'stint_operation_duration_seconds',
      help: 'Time that starting, rotating, renewing and stopping a session took, including a person who was asked.',
      labelNames: ['operation', 'type'],
      buckets: operationBuckets,
      registers,
    });
    this.#operationFailures = new Counter({
      name: 'stint_operation_failures_total',
      help: 'Starts, rotations, renewals and stops that failed, by kind of failure.',
      labelNames: ['operation', 'type', 'kind'],
      registers,
    });
    this.#renewals = new Counter({
      name: 'stint_renewals_total',
      help: 'Renewals that Stint did by itself, by outcome: success or failure.',
      labelNames: ['type', 'outcome'],
      registers,
    });
    this.#beginAtZero();
  }

  /** A counter that appears with its first failure hides that failure from `rate` and `increase`. */
  #beginAtZero(): void {
    for (const kind of problemKinds) this.#requestFailures.inc({ kind }, 0);
    for (const type of sessionTypeSchema.options) {
      for (const outcome of ['success', 'failure']) this.#renewals.inc({ type, outcome }, 0);
      for (const operation of operations) {
        for (const kind of problemKinds) this.#operationFailures.inc({ operation, type, kind }, 0);
      }
    }
  }

  noteRequest({ operation, seconds, problem }: AnsweredRequest): void {
    this.#requests.observe({ operation }, seconds);
    if (problem !== undefined) this.#requestFailures.inc({ kind: kindOf(problem) });
  }

  noteOperation({ operation, type, seconds, error }: EndedOperation): void {
    this.#operations.observe({ operation, type }, seconds);
    if (error !== undefined) {
      this.#operationFailures.inc({ operation, type, kind: kindOf(error) });
    }
    if (operation === 'renew') {
      this.#renewals.inc({ type, outcome: error === undefined ? 'success' : 'failure' });
    }
  }

  /** In the text format of Prometheus, version 0.0.4; `registry.contentType` names it. */
  async text(): Promise<string> {
    return await this.registry.metrics();
  }
}

/** Anything else that was thrown is a bug. */
function kindOf(error: unknown): string {
  return error instanceof Problem ? problemRegistry[error.code].kind : 'bug';
}
