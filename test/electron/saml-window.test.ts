import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardContents } from '../../electron/guards/guard-contents.ts';
import { createWindowSignIn, type WindowSignIn } from '../../electron/sign-in/saml-window.ts';
import { PromptCancelled } from '../../src/services/prompts/prompt-service.ts';
import type { BrowserProxy } from '../../src/services/sign-in/browser-proxy.ts';
import type { SamlSignIn } from '../../src/services/sign-in/saml-sign-in.ts';
import { FakeClock } from '../fakes/clock.ts';
import { createFakeElectron, type FakeElectron } from '../fakes/electron/fake-electron.ts';

const idp = { idpId: 'b1', name: 'Acme', url: 'https://idp.example/aws' };
const session = { sessionId: 's1', sessionName: 'upload' };
const aws = 'https://signin.aws.amazon.com/saml';

let folder: string;
let electron: FakeElectron;
let windows: WindowSignIn;
let signIn: SamlSignIn;
let clock: FakeClock;
let proxy: BrowserProxy | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-saml-'));
  electron = createFakeElectron();
  windows = createWindowSignIn(electron.runtime, { folder, icon: 'icon.png' });
  // The owner's clock follows the cloud's time; this machine's is half an hour ahead of it.
  clock = new FakeClock(new Date(Date.now() - 30 * 60_000).toISOString());
  proxy = undefined;
  signIn = windows.of(clock, () => proxy);
  guardContents(electron.runtime, (id) => windows.owns(id));
  electron.app.becomeReady();
  electron.session('persist:saml-b1').network = () => new Response('a page');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const capture = (visible: boolean, options: { signal?: AbortSignal } = {}) =>
  signIn.capture({
    idp,
    partition: idp.idpId,
    session,
    visible,
    signal: options.signal ?? new AbortController().signal,
    deadline: clock.now() + 60_000,
  });

/** The window of the sign-in, once it is open. */
async function shown() {
  await expect.poll(() => electron.windows.at(-1)?.isDestroyed()).toBe(false);
  const window = electron.windows.at(-1);
  if (window === undefined) throw new Error('there is no window');
  return window;
}

/** What the identity provider's last page does: it posts the response to AWS. */
async function post(to = aws, field = 'SAMLResponse') {
  const window = await shown();
  const body = new URLSearchParams({ [field]: 'PHNhbWw+', RelayState: '' });
  return await window.load(new Request(to, { method: 'POST', body })).then(
    () => 'sent',
    (error: unknown) => String(error),
  );
}

describe('a sign-in in a window of the desktop app', () => {
  it('goes through the proxy of the settings, else through that of the system', async () => {
    const proxyOf = () => electron.session('persist:saml-b1').proxy;
    const first = capture(true);
    await post();
    await first;
    expect(proxyOf()).toEqual({ mode: 'system' });
    proxy = { server: 'http://proxy.example:3128', bypass: 'localhost,*.corp.example' };
    const second = capture(true);
    await post();
    await second;
    expect(proxyOf()).toEqual({
      mode: 'fixed_servers',
      proxyRules: 'http://proxy.example:3128',
      proxyBypassRules: 'localhost,*.corp.example',
    });
  });

  it('takes the response on its way to AWS, and closes the window', async () => {
    const captured = capture(true);
    const window = await shown();
    expect(window.visible).toBe(true);
    expect(window.url).toBe(idp.url);
    expect(await post()).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(await captured).toBe('PHNhbWw+');
    expect(window.isDestroyed()).toBe(true);
    expect(windows.owns(window.webContents.id)).toBe(false);
    expect(signIn.remembers(idp.idpId)).toBe(true);
  });

  it('has the keyboard in its page, and a silent one leaves the keyboard alone', async () => {
    const visible = capture(true);
    const window = await shown();
    await expect.poll(() => window.webContents.focused).toBe(true);
    expect(window.focused).toBe(true);
    await post();
    await visible;
    const silent = capture(false);
    const hidden = await shown();
    await post();
    await silent;
    expect([hidden.focused, hidden.webContents.focused]).toEqual([false, false]);
  });

  it.each([
    'https://eu-west-1.signin.aws.amazon.com/saml',
    'https://signin.amazonaws.cn/saml',
    'https://signin.amazonaws-us-gov.com/saml',
    'https://signin.amazonaws-eusc.eu/saml',
  ])('takes it for every partition: %s', async (address) => {
    const captured = capture(true);
    await post(address);
    expect(await captured).toBe('PHNhbWw+');
  });

  it('lets every other form through', async () => {
    const captured = capture(true);
    expect(await post('https://idp.example/login', 'password')).toBe('sent');
    expect(await post('https://idp.example/?next=https://signin.aws.amazon.com/saml')).toBe('sent');
    await post();
    await captured;
  });

  it('has its own partition, without permissions and without Node', async () => {
    const captured = capture(true);
    const window = await shown();
    expect(window.options.webPreferences).toMatchObject({
      partition: 'persist:saml-b1',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(window.options.webPreferences).not.toHaveProperty('preload');
    expect(window.session.grants('media', 'https://idp.example')).toBe(false);
    expect(window.webContents.tryToNavigate('https://other.example/next')).toBe(true);
    expect(window.webContents.tryToNavigate('http://other.example/next')).toBe(false);
    expect(window.webContents.tryToNavigate('file:///etc/passwd')).toBe(false);
    expect(window.webContents.tryToOpen('https://other.example')).toBe(false);
    expect(electron.openedOutside).toEqual([]);
    await post();
    await captured;
    // Afterwards, and everywhere else, pages cannot navigate.
    expect(window.webContents.tryToNavigate('https://other.example/next')).toBe(false);
  });

  it('is a cancel when it is closed', async () => {
    const captured = capture(true);
    captured.catch(() => undefined);
    (await shown()).close();
    await expect(captured).rejects.toThrow(PromptCancelled);
    expect(signIn.remembers(idp.idpId)).toBe(false);
  });

  it('ends at its deadline, by the clock of the owner', async () => {
    const captured = capture(true);
    const refused = expect(captured).rejects.toMatchObject({
      code: 'prompt-expired',
      message: 'Nobody signed in at Acme in time for session upload.',
    });
    const window = await shown();
    await clock.advance(59_000);
    expect(window.isDestroyed()).toBe(false);
    await clock.advance(1_000);
    await refused;
    expect(window.isDestroyed()).toBe(true);
  });

  it('reports that the identity provider does not answer', async () => {
    electron.session('persist:saml-b1').network = undefined;
    await expect(capture(true)).rejects.toMatchObject({
      code: 'cloud-unreachable',
      message:
        'The identity provider Acme at idp.example did not answer for session upload (ERR_CONNECTION_REFUSED).',
    });
  });

  it('closes when the start is cancelled', async () => {
    const controller = new AbortController();
    const captured = capture(true, { signal: controller.signal });
    const window = await shown();
    controller.abort(new Error('stopped'));
    await expect(captured).rejects.toThrow('stopped');
    expect(window.isDestroyed()).toBe(true);
  });

  it('waits while another one is open', async () => {
    const [first, second] = [capture(true), capture(true)];
    await shown();
    expect(electron.windows).toHaveLength(1);
    await post();
    await first;
    await expect.poll(() => electron.windows).toHaveLength(2);
    await post();
    expect(await second).toBe('PHNhbWw+');
  });
});

describe('a sign-in without a visible window', () => {
  it('takes the response without showing anything', async () => {
    const captured = capture(false);
    expect((await shown()).visible).toBe(false);
    await post();
    expect(await captured).toBe('PHNhbWw+');
  });

  it('needs a person if the page does not continue by itself', async () => {
    const captured = capture(false);
    await shown();
    await clock.advance(8_000);
    expect(await captured).toBeUndefined();
    expect(electron.windows.at(-1)?.visible).toBe(false);
  });
});

it('forgets what is kept of a partition', async () => {
  const captured = capture(true);
  await post();
  await captured;
  await signIn.forget(idp.idpId);
  expect(signIn.remembers(idp.idpId)).toBe(false);
  expect(electron.session('persist:saml-b1').cleared).toBe(1);
  expect(existsSync(join(folder, 'b1.signed-in'))).toBe(false);
});
