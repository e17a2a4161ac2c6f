import { Asker } from './asker.ts';
import {
  awsDeliveries,
  type Client,
  type Delivery,
  type FoundClient,
  type Lifetime,
  type Machine,
  type Phase,
} from './client.ts';
import { deliver } from './delivery-line.ts';
import type { Row } from './page.ts';
import type { PracticeSession } from './practice-session.ts';
import { judge, type Asked } from './verdict.ts';

/** A client on a machine, in one of its versions. */
export interface Subject {
  readonly client: Client;
  readonly found: FoundClient;
  readonly machine: Machine;
}

/** Some clients with some deliveries, under one lifetime. */
export interface Plan {
  readonly subjects: readonly Subject[];
  readonly deliveries: readonly Delivery[];
  readonly lifetime: Lifetime;
}

/**
 * What is tried together, in an order where long tokens, which outlive a stop, serve no later start: az
 * reads no short ones.
 */
export function plansFor(
  cloud: Row['cloud'],
  subjects: readonly Subject[],
  wanted: readonly string[],
): readonly Plan[] {
  return allPlans(cloud, subjects)
    .map((plan) => ({
      ...plan,
      deliveries: plan.deliveries.filter((one) => wanted.length === 0 || wanted.includes(one)),
    }))
    .filter(({ deliveries }) => deliveries.length > 0);
}

function allPlans(cloud: Row['cloud'], subjects: readonly Subject[]): readonly Plan[] {
  if (cloud === 'aws') return [{ subjects, deliveries: awsDeliveries, lifetime: 'short' }];
  const lease = ['exec', 'env'] as const;
  const throughAz = (one: Subject) => one.client.readsThroughAz === true;
  return [
    { subjects: subjects.filter((one) => !throughAz(one)), deliveries: lease, lifetime: 'short' },
    { subjects: subjects.filter(throughAz), deliveries: lease, lifetime: 'long' },
    { subjects, deliveries: ['azure-cli'], lifetime: 'long' },
  ];
}

interface Tried {
  readonly subject: Subject;
  readonly asker: Asker;
  readonly phases: Partial<Record<Phase, Asked>>;
}

/** Tries all subjects with each delivery, one after the other: the machine may be busy. */
export async function tryClients(
  session: PracticeSession,
  { subjects, deliveries, lifetime }: Plan,
  report: (line: string) => void,
): Promise<ReadonlyMap<Subject, Row['outcomes']>> {
  const outcomes = new Map<Subject, Row['outcomes']>();
  for (const delivery of deliveries) {
    await session.start(lifetime, delivery);
    const tried: Tried[] = [];
    try {
      for (const subject of subjects) {
        const one = start(session, subject, delivery);
        tried.push(one);
        // At once: what it was given may be fixed keys.
        await askFor('fresh', one);
      }
      await session.renewed(lifetime);
      await askAll('renewed');
      await session.stop(lifetime);
      await askAll('stopped');
    } finally {
      for (const { asker } of tried) await asker.end();
    }
    for (const { subject, phases } of tried) {
      outcomes.set(subject, { ...outcomes.get(subject), [delivery]: phases });
    }

    async function askAll(phase: Phase): Promise<void> {
      for (const one of tried) {
        // What never worked can neither be renewed nor stopped.
        if (one.phases.fresh?.accepted !== 'none') await askFor(phase, one);
      }
    }

    async function askFor(phase: Phase, one: Tried): Promise<void> {
      const asked = await ask(session, one);
      one.phases[phase] = asked;
      const { client, found, machine } = one.subject;
      const { accepted, words } = asked;
      const what = accepted === 'all' ? 'yes' : `${String(accepted)}: ${words.slice(0, 300)}`;
      report(`${delivery}, ${phase}: ${client.name} ${found.version} (${machine.name}): ${what}`);
    }
  }
  return outcomes;
}

function start(session: PracticeSession, subject: Subject, delivery: Delivery): Tried {
  const { found, machine } = subject;
  const asker = machine.wrap(found.asker(session.surroundings));
  const { line, env } = deliver(delivery, session.name, asker);
  const all = { ...session.env, ...found.env, ...env };
  return {
    subject,
    asker: new Asker(line, all, session.scratch.folder),
    phases: {},
  };
}

async function ask(session: PracticeSession, { subject, asker }: Tried): Promise<Asked> {
  await session.tidy();
  const before = session.signatures();
  const { text, warnings } = await asker.ask();
  return judge(subject.client.proof, {
    text,
    warnings,
    identity: session.identity,
    signatures: session.signatures() - before,
  });
}
