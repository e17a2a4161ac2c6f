import { join } from 'node:path';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { eventually } from '../../support/scratch-owner.ts';
import { agentWithSession, type AgentWithSession } from './agent-with-session.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'docs', 'examples', 'vscode-extension');

let owner: AgentWithSession;
let homeBefore: string | undefined;

beforeAll(async () => {
  owner = await agentWithSession();
  homeBefore = process.env['STINT_HOME'];
  process.env['STINT_HOME'] = owner.home;
});
afterAll(async () => {
  if (homeBefore === undefined) delete process.env['STINT_HOME'];
  else process.env['STINT_HOME'] = homeBefore;
  await owner.close();
});

/** As much of VS Code as the extension uses. */
function standInForVsCode() {
  const status = {
    text: '',
    tooltip: '',
    command: '',
    show: () => undefined,
    dispose: () => undefined,
  };
  const commands = new Map<string, () => Promise<void>>();
  const offered: (readonly string[])[] = [];
  const errors: string[] = [];
  const standIn = {
    StatusBarAlignment: { Left: 1, Right: 2 },
    window: {
      createStatusBarItem: () => status as unknown as vscode.StatusBarItem,
      // The person takes the first.
      showQuickPick: <T extends vscode.QuickPickItem>(items: readonly T[]) => {
        offered.push(items.map(({ label }) => label));
        return Promise.resolve(items[0]);
      },
      showErrorMessage: (message: string) => Promise.resolve(void errors.push(message)),
    },
    commands: {
      registerCommand: (name: string, run: () => Promise<void>) => {
        commands.set(name, run);
        return { dispose: () => commands.delete(name) };
      },
    },
  };
  return { standIn, status, commands, offered, errors };
}

/** Bundles the extension as its own build does, and loads it as VS Code does. */
async function loadExtension(standIn: object): Promise<{
  activate(context: Pick<vscode.ExtensionContext, 'subscriptions'>): void;
}> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['src/extension.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    alias: { 'stint/client': join(root, 'src', 'client', 'node', 'index.ts') },
  });
  const nodes = createRequire(import.meta.url);
  const module = { exports: {} };
  const load = compileFunction(outputFiles[0]?.text ?? '', ['require', 'module', 'exports']) as (
    require: (name: string) => unknown,
    module: object,
    exports: object,
  ) => void;
  load((name) => (name === 'vscode' ? standIn : (nodes(name) as unknown)), module, module.exports);
  return module.exports as never;
}

test('the example extension for VS Code shows, starts and stops sessions, and survives the agent', async () => {
  const { standIn, status, commands, offered, errors } = standInForVsCode();
  const subscriptions: { dispose(): unknown }[] = [];
  (await loadExtension(standIn)).activate({ subscriptions });
  await eventually(
    () => status.text,
    (text) => text === 'Stint',
  );

  await commands.get('stint.start')?.();
  await eventually(
    () => status.text,
    (text) => text === '$(key) payments',
  );
  expect(status.tooltip).toMatch(/^payments: until /);

  await owner.client.request('POST', '/v1/sessions/{id}/stop', { path: { id: owner.sessionId } });
  await eventually(
    () => status.text,
    (text) => text === 'Stint',
  );

  await commands.get('stint.start')?.();
  await commands.get('stint.stop')?.();
  await eventually(
    () => status.text,
    (text) => text === 'Stint',
  );
  expect(offered).toEqual([['payments'], ['payments'], ['payments']]);
  expect(errors).toEqual([]);

  await owner.endAgent();
  await eventually(
    () => status.text,
    (text) => text === 'Stint: no agent',
  );
  await commands.get('stint.start')?.();
  expect(errors).toEqual(['No agent is running. Start one: stint agent start']);
  for (const subscription of subscriptions) subscription.dispose();
});
