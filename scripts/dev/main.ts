import { watch } from 'node:fs';
import { join } from 'node:path';
import { openWindow } from '../demo/show-window.ts';
import { root } from '../programs.ts';
import { WatchedPrograms } from './programs.ts';
import { Debounce } from './debounce.ts';
import { announceBuild, WatchedWindow } from './window.ts';
import { startWorld, type World } from './world.ts';

/*
 * `npm run dev`: practice cloud, agent and window on a scratch home, rebuilt and reloaded as files
 * change, until Ctrl-C. `npm run dev -- --inspect` lets a debugger attach to the agent.
 */

const ending = new AbortController();
const options = {
  inspect: process.argv.includes('--inspect'),
  signal: ending.signal,
};
const started = performance.now();
let build = 0;
let isOpen = false;
let starting: Promise<World> | undefined;
let world: World | undefined;
/** One change at a time: each waits for the one before. */
let work: Promise<void> = Promise.resolve();

const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
});
const firstWindow = Promise.withResolvers<undefined>();
const window = new WatchedWindow((since) => {
  if (isOpen) follow('window', since);
  else firstWindow.resolve(undefined);
});
const programs = WatchedPrograms.start((since) => {
  follow('agent', since, (current) => current.restartAgent());
});
const cloudChange = new Debounce((since) => {
  follow('practice cloud', since, async (current) => {
    world = undefined;
    await current.end();
    world = await startWorld(options);
  });
});
const cloudFiles = watch(join(root, 'practice-cloud'), { recursive: true }, () => {
  cloudChange.change();
});

try {
  await Promise.race([open(), interrupted]);
  await interrupted;
} finally {
  ending.abort();
  console.log('\nEnding …');
  cloudFiles.close();
  window.end();
  await programs.then((watched) => watched.end()).catch(() => undefined);
  await work;
  await (world ?? (await starting?.catch(() => undefined)))?.end();
}

async function open(): Promise<void> {
  await programs;
  if (ending.signal.aborted) return;
  starting = startWorld(options);
  world = await starting;
  await firstWindow.promise;
  isOpen = true;
  await announceBuild(build, await world.address());
  console.log(`Ready in ${seconds(started)} s.`);
  await openWindow(world.scratch, world.logins);
}

/** Does what a change asks for, then has open pages load again. */
function follow(
  what: string,
  since: number,
  change: (world: World) => Promise<void> = () => Promise.resolve(),
): void {
  work = work.then(async () => {
    if (world === undefined || ending.signal.aborted) return;
    try {
      await change(world);
      build += 1;
      await announceBuild(build, await world.address());
      console.log(`${what}: in use after ${seconds(since)} s`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
    }
  });
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
