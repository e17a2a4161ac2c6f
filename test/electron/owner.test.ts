import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildElectron } from '../../scripts/build-electron.ts';
import {
  callOwner,
  scratchComputer,
  startAgentProcess,
  type AgentProcess,
  type ScratchComputer,
} from '../support/agent-process.ts';
import { accountId, practiceForEachTest } from '../practice-cloud/practice.ts';
import { startDesktopProcess, type DesktopProcess } from './desktop-process.ts';

/*
 * The built desktop app as a process on the fake Electron, with the real owner, a real agent beside
 * it, real files, and the practice cloud for AWS.
 */

const practice = practiceForEachTest();
let computer: ScratchComputer;
let desktop: DesktopProcess | undefined;
let agent: AgentProcess | undefined;

beforeEach(async () => {
  computer = await scratchComputer({
    stsEndpoint: practice.endpoint,
    credentials: '# mine\n[own]\naws_access_key_id = AKIAOWN\n',
  });
});
afterEach(async () => {
  await desktop?.kill();
  await agent?.kill();
  desktop = agent = undefined;
  await computer.remove();
});

const credentialsFile = () => readFile(computer.credentialsFile, 'latin1');
const ownerPid = async () =>
  (await callOwner(computer, 'GET', '/v1/healthz')).json<{ pid: number }>().pid;

/** Adds a session of a new IAM user through the owner of the workspace. */
async function addSession(): Promise<string> {
  const user = await practice.admin.createUser({ accountId, userName: 'anna' });
  const answer = await callOwner(computer, 'POST', '/v1/sessions', {
    type: 'awsIamUser',
    sessionName: 'anna-dev',
    region: 'eu-west-1',
    pinned: true,
    secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.json<{ sessionId: string }>().sessionId;
}

const trayShows = (line: string | RegExp) =>
  expect.poll(async () => (await desktop?.state())?.tray.join('\n') ?? '').toMatch(line);

/** The desktop app in an older version. */
async function olderDesktop(): Promise<string> {
  const dist = join(computer.folder, 'older');
  const out = join(dist, 'electron');
  await buildElectron({ out, version: '0.0.1' });
  const root = join(import.meta.dirname, '..', '..');
  await mkdir(out, { recursive: true });
  await symlink(join(root, 'dist', 'keychain-child.cjs'), join(dist, 'keychain-child.cjs'));
  await symlink(join(root, 'dist', 'window'), join(dist, 'window'));
  await symlink(join(root, 'node_modules'), join(computer.folder, 'node_modules'));
  return join(out, 'main.cjs');
}

describe('the desktop app as the owner', () => {
  test('serves the command over the socket while its window is open', async () => {
    desktop = await startDesktopProcess(computer);
    expect(await ownerPid()).toBe(desktop.pid);
    expect((await desktop.state()).windowVisible).toBe(true);
  });

  test('starts a session from the tray, renews it, and stops it on quit', async () => {
    const before = await credentialsFile();
    desktop = await startDesktopProcess(computer);
    await practice.admin.setOverrides({ grantedSeconds: 45 });
    const id = await addSession();
    await trayShows('anna-dev');
    await desktop.do('pick', 'anna-dev');
    await trayShows(/✓ anna-dev — under a minute left/);
    const first = await credentialsFile();
    expect(first).toContain('[anna-dev]');
    const shown = async () => (await callOwner(computer, 'GET', `/v1/sessions/${id}`)).json();
    await expect
      .poll(shown)
      .toMatchObject({ status: 'active', rotatedAt: expect.any(String) as string });
    expect(await credentialsFile()).not.toBe(first);
    await desktop.do('pick', 'Quit Stint').catch(() => undefined);
    expect(await desktop.exited).toBe(0);
    expect(await credentialsFile()).toBe(before);
    expect(existsSync(join(computer.home, 'agent.sock'))).toBe(false);
  });

  test('keeps sessions on quit if the setting says so', async () => {
    desktop = await startDesktopProcess(computer);
    const id = await addSession();
    await callOwner(computer, 'POST', `/v1/sessions/${id}/start`);
    await desktop.fetch('/v1/settings', {
      method: 'PATCH',
      body: '{"onQuit":"keep-sessions"}',
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    await desktop.do('quit').catch(() => undefined);
    expect(await desktop.exited).toBe(0);
    expect(await credentialsFile()).toContain('[anna-dev]');
  });

  test('ends when the command stops the agent', async () => {
    desktop = await startDesktopProcess(computer);
    expect((await callOwner(computer, 'POST', '/v1/owner/stop')).status).toBe(202);
    expect(await desktop.exited).toBe(0);
  });

  test('gives its window every right except the one to secrets', async () => {
    desktop = await startDesktopProcess(computer);
    const id = await addSession();
    await callOwner(computer, 'POST', `/v1/sessions/${id}/start`);
    expect((await desktop.fetch(`/v1/sessions/${id}`)).status).toBe(200);
    expect((await desktop.fetch(`/v1/sessions/${id}/credentials`)).status).toBe(403);
    expect((await desktop.fetch('/v1/owner/stop', { method: 'POST' })).status).toBe(403);
  });

  test('streams changes to the page as they happen', async () => {
    desktop = await startDesktopProcess(computer);
    const over = new AbortController();
    const stream = await desktop.fetch('/v1/events', { signal: over.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const id = await addSession();
    let text = '';
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes(id)) text += (await reader?.read())?.value ?? '';
    over.abort();
  });
});

test('a desktop app that is killed loses nothing: the next one continues its sessions', async () => {
  desktop = await startDesktopProcess(computer);
  const id = await addSession();
  await callOwner(computer, 'POST', `/v1/sessions/${id}/start`);
  await trayShows(/✓ anna-dev/);
  const delivered = await credentialsFile();
  await desktop.kill();
  expect(await credentialsFile()).toBe(delivered);
  desktop = await startDesktopProcess(computer);
  await trayShows(/✓ anna-dev — .* left/);
  expect(await credentialsFile()).toBe(delivered);
});

describe('changing the owner', () => {
  test('the desktop app takes over from a running agent, and its sessions continue', async () => {
    agent = await startAgentProcess(computer);
    const id = await addSession();
    await callOwner(computer, 'POST', `/v1/sessions/${id}/start`);
    const delivered = await credentialsFile();
    const ended = new Promise((resolve) => agent?.child.once('exit', resolve));
    desktop = await startDesktopProcess(computer);
    expect(await ended).toBe(0);
    expect(await ownerPid()).toBe(desktop.pid);
    await trayShows(/✓ anna-dev — .* left/);
    expect(await credentialsFile()).toBe(delivered);
  });

  test('an agent of the same version leaves the desktop app alone', async () => {
    desktop = await startDesktopProcess(computer);
    await expect(startAgentProcess(computer)).rejects.toThrow(
      `ended with 0: owned by pid ${desktop.pid}`,
    );
    expect(await ownerPid()).toBe(desktop.pid);
  });

  test('an older desktop app hands over to a newer agent with its sessions and becomes its client, with a window’s rights', async () => {
    desktop = await startDesktopProcess(computer, { bundle: await olderDesktop() });
    const id = await addSession();
    await callOwner(computer, 'POST', `/v1/sessions/${id}/start`);
    const delivered = await credentialsFile();
    const stream = await desktop.fetch('/v1/events');
    agent = await startAgentProcess(computer);
    expect(await ownerPid()).toBe(agent.pid);
    await expect(stream.text()).rejects.toThrow(); // so that the page reconnects
    await trayShows(/✓ anna-dev — .* left/);
    expect(await credentialsFile()).toBe(delivered);
    await desktop.do('pick', 'anna-dev');
    await expect.poll(credentialsFile).not.toContain('[anna-dev]');
    await trayShows(/^anna-dev$/m);
    await desktop.do('pick', 'anna-dev');
    await trayShows(/✓ anna-dev — .* left/);
    expect(await credentialsFile()).toContain('[anna-dev]');
    expect((await desktop.fetch(`/v1/sessions/${id}/credentials`)).status).toBe(403);

    // Quitting a client leaves the owner and its sessions alone.
    await desktop.do('quit').catch(() => undefined);
    expect(await desktop.exited).toBe(0);
    expect(await ownerPid()).toBe(agent.pid);
    expect(await credentialsFile()).toContain('[anna-dev]');
  });

  test('a client becomes the owner once the newer one has gone', async () => {
    agent = await startAgentProcess(computer);
    desktop = await startDesktopProcess(computer, { bundle: await olderDesktop() });
    expect(await ownerPid()).toBe(agent.pid);
    await agent.kill('SIGKILL');
    await expect.poll(() => ownerPid().catch(() => 0)).toBe(desktop.pid);
  });
});
