import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AwsSsoIntegration } from '../../src/models/integration.ts';
import { foundRoles } from '../../src/services/integrations/aws-sso/found-roles.ts';
import { roleSessions } from '../../src/services/integrations/aws-sso/role-sessions.ts';
import { matchSessions } from '../../src/services/integrations/match-sessions.ts';
import { scratchApi, type ScratchApi } from '../../test/support/scratch-api.ts';
import { exponentOf, plot, type Curve } from './growth-plot.ts';
import { writeHome } from './many-sessions.ts';
import { row, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

const sizes = [100, 1000, 5000, 20_000];
const pictureFolder = join(import.meta.dirname, '..', '..', 'test-results');

/** How costs grow with the number of sessions: a fourfold size may cost four times as much, not sixteen. */
export const growthSubject: Subject = {
  name: 'growth',
  async measure(): Promise<readonly Row[]> {
    const costs = new Map<string, number[]>();
    for (const size of sizes) {
      for (const [name, cost] of Object.entries(await costsAt(size))) {
        costs.set(name, [...(costs.get(name) ?? []), cost]);
      }
    }
    const curves: Curve[] = [...costs].map(([name, values]) => ({ name, sizes, values }));
    await mkdir(pictureFolder, { recursive: true });
    await writeFile(join(pictureFolder, 'bench-growth.svg'), plot(curves));
    return curves.map((curve) =>
      row(
        `growth of ${curve.name}, ${sizes.join(' → ')} sessions`,
        exponentOf(curve),
        'as exponent (1 is linear)',
        { atMost: 1.1 },
      ),
    );
  },
};

async function costsAt(size: number): Promise<Readonly<Record<string, number>>> {
  const before = heap();
  const owner = await scratchApi({ prepare: (folder) => writeHome(join(folder, 'stint'), size) });
  try {
    const memory = heap() - before;
    const [first] = owner.stint.sessions.list();
    const path = `/v1/sessions/${first?.sessionId ?? ''}`;
    let turn = 0;
    const { list, save, tick, sync } = await inTurns(5, {
      list: () => wholeList(owner),
      save: async () => {
        turn += 1;
        const headers = { 'content-type': 'application/merge-patch+json' };
        const body = { sessionName: `renamed-${turn}` };
        const answer = await owner.ask('PATCH', path, { body, headers });
        if (!answer.ok) throw new Error(await answer.text());
      },
      tick: () => {
        owner.stint.scheduler.tick();
      },
      sync: syncOf(owner, size),
    });
    return {
      list: list.median,
      save: save.median,
      tick: tick.median,
      sync: sync.median,
      memory: memory / 1_000_000,
    };
  } finally {
    await owner.close();
  }
}

/** All pages, through the API. */
async function wholeList(owner: ScratchApi): Promise<void> {
  let cursor = '';
  do {
    const answer = await owner.ask('GET', `/v1/sessions?limit=500${cursor}`);
    const page = (await answer.json()) as { readonly nextCursor?: string };
    cursor = page.nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== '');
}

/** What a sync does with so many roles once they are listed, the first time. */
function syncOf(owner: ScratchApi, size: number): () => void {
  const integration: AwsSsoIntegration = {
    integrationId: '0d8a2b8e-2f0f-4a6e-8d57-3f0c2f1a7b11',
    kind: 'awsSso',
    name: 'bench',
    region: 'eu-west-1',
    startUrl: 'https://bench.awsapps.com/start',
  } as AwsSsoIntegration;
  const found = Array.from({ length: size / 4 }, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    accountName: `account-${index}`,
    roleNames: ['Role0', 'Role1', 'Role2', 'Role3'],
  }));
  const offered = foundRoles(found, []);
  const kind = roleSessions(() => owner.stint.settings.current());
  return () => {
    const { add } = matchSessions(offered, {
      kind,
      sessions: owner.stint.sessions.list(),
      integration,
      integrations: [integration],
      now: Date.now(),
    });
    if (add.length !== size) throw new Error(`the sync found ${add.length} of ${size} roles`);
  };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
