import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientExports, copyClient } from '../../../scripts/package/client-files.ts';
import { agentWithSession, type AgentWithSession } from './agent-with-session.ts';

const run = promisify(execFile);
const tsc = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');

let owner: AgentWithSession;
let folder: string;

/** Somebody's project with Stint among its packages, as far as the client goes. */
beforeAll(async () => {
  owner = await agentWithSession();
  folder = await mkdtemp(join(tmpdir(), 'stint-client-'));
  const installed = join(folder, 'node_modules', 'stint');
  await mkdir(installed, { recursive: true });
  await copyClient(installed);
  const manifest = { name: 'stint', version: '0.1.0', type: 'module', exports: clientExports };
  await writeFile(join(installed, 'package.json'), JSON.stringify(manifest));
});
afterAll(async () => {
  await owner.close();
  await rm(folder, { recursive: true, force: true });
});

const program = `import { allSessions, connect, OwnerFailure, Problem, type Schemas } from 'stint/client';

const stint = connect({ home: process.argv[2] ?? '' });
const { items } = await allSessions(stint, { active: 'false' });
const names: readonly string[] = items.map((session: Schemas['Session']) => session.sessionName);
const missing = await stint
  .request('GET', '/v1/sessions/{id}', { path: { id: '00000000-0000-4000-8000-000000000000' } })
  .catch((error: unknown) => (error instanceof Problem ? error.code : String(error)));
const nobody = await connect({ home: '/nowhere' })
  .request('GET', '/v1/sessions')
  .catch((error: unknown) => (error instanceof OwnerFailure ? error.kind : String(error)));
// @ts-expect-error -- no such route
export const wrongRoute = () => stint.request('GET', '/v1/nowhere');
// @ts-expect-error -- no such query
export const wrongQuery = () => stint.request('GET', '/v1/sessions', { query: { colour: 'red' } });
console.log(JSON.stringify({ names, missing, nobody }));
`;

test('the published client compiles strictly in another project, and reaches a real agent', async () => {
  const file = join(folder, 'list.mts');
  await writeFile(file, `declare const process: { readonly argv: readonly string[] };\n${program}`);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
  await run(
    process.execPath,
    [tsc, ...strict, '--module', 'nodenext', '--target', 'es2024', '--noEmit', file],
    { cwd: folder },
  ).catch((error: unknown) => {
    throw new Error(String((error as { stdout?: string }).stdout), { cause: error });
  });
  const { stdout } = await run(process.execPath, [file, owner.home]);
  expect(JSON.parse(stdout)).toEqual({
    names: ['payments'],
    missing: 'not-found',
    nobody: 'unreachable',
  });
});
