import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeEnvironment } from '../../src/agent/environment.ts';
import { systemClock } from '../../src/services/clock/clock.ts';
import { prepareHome } from '../../src/services/files/home.ts';
import { openWorkspace } from '../../src/services/workspace/workspace-store.ts';
import { scratchApi } from '../../test/support/scratch-api.ts';
import { fsyncedWrite } from './fsynced-write.ts';
import { many, writeHome } from './many-sessions.ts';
import { ratioRow, row, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

/** A large workspace: opened, saved, and its first page answered. */
export const workspaceSubject: Subject = {
  name: 'workspace',
  async measure() {
    return [...(await loadAndSave()), ...(await firstPage())];
  },
};

async function loadAndSave(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-bench-'));
  try {
    const home = join(folder, 'stint');
    await writeHome(home, many);
    const paths = await prepareHome(home);
    const text = await readFile(paths.workspace, 'utf8');
    const { defaultSettings } = takeEnvironment({ HOME: folder, STINT_HOME: home });
    const open = () =>
      openWorkspace({ paths, defaultSettings, environmentWins: false, clock: systemClock });
    const store = await open();
    const [session] = store.sessions();
    if (session === undefined) throw new Error('the workspace has no session');
    let turn = 0;
    const { load, parse, save, write } = await inTurns(15, {
      parse: async () => JSON.parse(await readFile(paths.workspace, 'utf8')) as unknown,
      load: open,
      write: () => fsyncedWrite(join(folder, 'other.json'), text),
      save: () => {
        turn += 1;
        const put = [{ ...session, sessionName: `renamed-${turn}` }];
        return store.save({ put, keepBackup: false });
      },
    });
    return [
      ratioRow(
        `workspace of ${many}: load and validate`,
        '× read and JSON.parse',
        { atMost: 5 },
        {
          ours: load,
          limit: parse,
        },
      ),
      ratioRow(
        `workspace of ${many}: save`,
        '× an fsynced write',
        { atMost: 2 },
        {
          ours: save,
          limit: write,
        },
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstPage(): Promise<readonly Row[]> {
  const owner = await scratchApi({ prepare: (folder) => writeHome(join(folder, 'stint'), many) });
  try {
    const { page } = await inTurns(45, {
      page: async () => {
        const answer = await owner.ask('GET', '/v1/sessions?limit=100');
        const { items } = (await answer.json()) as { readonly items: readonly unknown[] };
        if (items.length !== 100) throw new Error('the page does not have 100 sessions');
      },
    });
    const name = `workspace of ${many}: first page`;
    return [row(name, page.median, 'ms', { atMost: 10 }, { ours: page })];
  } finally {
    await owner.close();
  }
}
