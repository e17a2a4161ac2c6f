import { readFile, writeFile } from 'node:fs/promises';
import { arch, homedir, release } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, version } from '../programs.ts';
import { startPracticeCloud } from '../demo/scratch.ts';
import type { Client, Machine } from './client.ts';
import { awsClients, azureClients } from './clients.ts';
import { installNpmClients } from './npm-packages.ts';
import { compatibilityPage, type Row } from './page.ts';
import { suiteMachine, thisMachine } from './machines.ts';
import { practiceAws } from './practice-aws.ts';
import { practiceAzure } from './practice-azure.ts';
import { inOrder, keepResults, readResults, withEarlier, type Results } from './results.ts';
import { prepareSuite } from './suite.ts';
import { plansFor, tryClients, type Subject } from './try-clients.ts';

/*
 * `npm run compatibility -- [--install] [--suite NAME]… [--cache FOLDER] [--granted SECONDS]
 * [--cloud aws|azure] [--delivery NAME]… [--only TEXT]`: tries every client that it finds with every delivery and writes
 * docs/compatibility.md. A run with --cloud or --delivery keeps the last results of the rest; one with --only prints
 * the page.
 */

const { values } = parseArgs({
  options: {
    install: { type: 'boolean', default: false },
    suite: { type: 'string', multiple: true, default: [] },
    cache: { type: 'string' },
    granted: { type: 'string', default: '60' },
    cloud: { type: 'string' },
    delivery: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', default: '' },
  },
});
const cacheHome = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const cache = values.cache ?? join(cacheHome, 'stint-compatibility');
const grantedSeconds = Number(values.granted);
const clouds = (['aws', 'azure'] as const).filter(
  (one) => values.cloud === undefined || values.cloud === one,
);
const unavailable: string[] = values.install ? [...(await installNpmClients(cache))] : [];
for (const suite of values.suite) {
  if (values.install) unavailable.push(...(await prepareSuite(cache, suite)));
}

const cloud = await startPracticeCloud();
let results: Results = {};
try {
  for (const name of clouds) results = { ...results, [name]: await tryCloud(name) };
} finally {
  cloud.end();
}
if (values.only === '') {
  // Read late: another run may have ended meanwhile.
  results = { ...(await readResults(cache)), ...results };
  await keepResults(cache, results);
}

const all = Object.values(results);
const missing = [...unavailable, ...all.flatMap((one) => one.missing)];
const page = compatibilityPage({
  date: new Date().toISOString().slice(0, 10),
  machine: await nameOfMachine(),
  stint: version,
  rows: all.flatMap(({ rows }) => rows),
  missing,
});
if (values.only === '') await writeFile(join(root, 'docs', 'compatibility.md'), page);
else console.log(page);
for (const one of missing) console.error(`Not found: ${one}`);

async function tryCloud(name: Row['cloud']): Promise<NonNullable<Results['aws']>> {
  const session = await (name === 'aws' ? practiceAws : practiceAzure)(cloud, grantedSeconds);
  // Programs that ask end with their input, the practice cloud with this process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void session.remove().finally(() => process.exit(1)));
  }
  try {
    const node = dirname(process.execPath);
    const shared = [root, node, session.scratch.folder, dirname(cloud.azureCaFile)];
    const machines = [await thisMachine(cache)];
    for (const suite of values.suite) {
      machines.push(await suiteMachine(cache, suite, shared));
    }
    const wanted = (name === 'aws' ? awsClients : azureClients).filter((client) =>
      client.name.toLowerCase().includes(values.only.toLowerCase()),
    );
    const { subjects, missing } = await find(wanted, machines);
    const outcomes = new Map<Subject, Row['outcomes']>();
    for (const plan of plansFor(name, subjects, values.delivery)) {
      for (const [subject, found] of await tryClients(session, plan, console.error)) {
        outcomes.set(subject, { ...outcomes.get(subject), ...found });
      }
    }
    const rows = subjects.map((subject) => ({
      cloud: name,
      client: subject.client,
      version: subject.found.version,
      from: subject.found.from ?? subject.machine.name,
      outcomes: outcomes.get(subject) ?? {},
    }));
    if (values.delivery.length === 0) return { rows, missing };
    const earlier = (await readResults(cache))[name]?.rows ?? [];
    const order = (name === 'aws' ? awsClients : azureClients).map((client) => client.name);
    const together = inOrder(withEarlier(rows, earlier), order);
    const shown = new Set(together.map(({ client }) => client.name));
    return { rows: together, missing: missing.filter((one) => !shown.has(one)) };
  } finally {
    await session.remove();
  }
}

async function find(clients: readonly Client[], machines: readonly Machine[]) {
  const subjects: Subject[] = [];
  const missing: string[] = [];
  for (const client of clients) {
    const before = subjects.length;
    for (const machine of machines) {
      for (const found of await client.find(machine)) subjects.push({ client, found, machine });
    }
    if (subjects.length === before) missing.push(client.name);
  }
  return { subjects, missing };
}

async function nameOfMachine(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const [, system = process.platform] = /^PRETTY_NAME="(.*)"$/m.exec(text) ?? [];
  return `${system}, Linux ${release()}, ${arch()}`;
}
