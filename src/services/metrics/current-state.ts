import { Gauge, type Registry } from 'prom-client';
import { leaseKindSchema, type LeaseKind } from '../../models/lease.ts';
import { sessionStatusSchema } from '../../models/lifecycle.ts';
import { promptSchema, type Prompt } from '../../models/prompt.ts';
import { sessionTypeSchema } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';

/** Where the state is read from when somebody asks for it. */
export interface StateSources {
  readonly version: string;
  readonly sessions: () => readonly Session[];
  /** The kind of each open lease. */
  readonly openLeases: () => readonly LeaseKind[];
  readonly prompts: () => readonly Prompt[];
}

/**
 * Gauges of what is there now, read at each scrape. Every combination is shown, also with 0: a series
 * that comes and goes breaks alerts.
 */
export function addCurrentState(registry: Registry, sources: StateSources): void {
  const registers = [registry];
  new Gauge({
    name: 'stint_build_info',
    help: 'Always 1; the version of Stint.',
    labelNames: ['version'],
    registers,
  }).set({ version: sources.version }, 1);
  new Gauge({
    name: 'stint_sessions',
    help: 'Sessions in the workspace by type and status, without archived ones.',
    labelNames: ['type', 'status'],
    registers,
    collect() {
      this.reset();
      for (const type of sessionTypeSchema.options) {
        for (const status of sessionStatusSchema.options) this.set({ type, status }, 0);
      }
      for (const { type, status, archivedAt } of sources.sessions()) {
        if (archivedAt === undefined) this.inc({ type, status });
      }
    },
  });
  new Gauge({
    name: 'stint_sessions_failing_renewal',
    help: 'Sessions whose last renewal failed, by type.',
    labelNames: ['type'],
    registers,
    collect() {
      this.reset();
      for (const type of sessionTypeSchema.options) this.set({ type }, 0);
      for (const { type, run } of sources.sessions()) {
        if (run?.renewalFailure !== undefined) this.inc({ type });
      }
    },
  });
  new Gauge({
    name: 'stint_leases',
    help: 'Open leases by kind.',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset();
      for (const kind of leaseKindSchema.options) this.set({ kind }, 0);
      for (const kind of sources.openLeases()) this.inc({ kind });
    },
  });
  new Gauge({
    name: 'stint_prompts_waiting',
    help: 'Questions that wait for a person, by kind.',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset();
      for (const kind of promptSchema.shape.kind.options) this.set({ kind }, 0);
      for (const { kind } of sources.prompts()) this.inc({ kind });
    },
  });
}
