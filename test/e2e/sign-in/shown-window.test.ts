import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../../src/services/files/living-process.ts';
import { PromptCancelled } from '../../../src/services/prompts/prompt-service.ts';
import { browserProcesses } from './browser-processes.ts';
import { scratchDisplay } from './display.ts';
import { federation, session } from './federation.ts';

describe('a window that is really shown', () => {
  it('takes the response, and its cookies serve the browser without a window', async () => {
    const acme = await federation({ mfa: true });
    const env = { PATH: process.env['PATH'], DISPLAY: await scratchDisplay() };
    const signIn = acme.signIn({ env });
    const { signal } = new AbortController();
    const request = {
      idp: acme.idp,
      partition: acme.idp.idpId,
      session,
      signal,
      deadline: Date.now() + 300_000,
    };
    expect(await signIn.capture({ ...request, visible: true })).toBeDefined();
    expect(acme.seen).toHaveLength(2);
    expect(await acme.signIn().capture({ ...request, visible: false })).toBeDefined();
  });

  it('opens on the screen of the caller where the agent was started without one', async () => {
    const acme = await federation();
    const screen = { DISPLAY: await scratchDisplay() };
    let width = 0;
    const signIn = acme.signIn({
      async rehearse(page) {
        await page.getByLabel('User name').waitFor();
        width = await page.evaluate('screen.width');
        await acme.person(page);
      },
    });
    const { signal } = new AbortController();
    const { idpId } = acme.idp;
    const deadline = Date.now() + 300_000;
    const request = { idp: acme.idp, partition: idpId, session, signal, deadline, visible: true };
    expect(await signIn.capture({ ...request, screen })).toBeDefined();
    // That of the scratch display; a browser without a window has another.
    expect(width).toBe(1024);
  });

  it('has no address bar: what a person types goes to the field that the page has focused', async () => {
    const acme = await federation();
    const env = { PATH: process.env['PATH'], DISPLAY: await scratchDisplay() };
    let typed = '';
    const signIn = acme.signIn({
      env,
      async rehearse(page) {
        const field = page.getByLabel('User name');
        await field.focus();
        const keys = spawnSync('xdotool', ['type', 'anna'], { env, encoding: 'utf8' });
        expect(keys).toMatchObject({ status: 0 });
        await page.waitForFunction(`document.querySelector('input')?.value === 'anna'`);
        typed = await field.inputValue();
        await page.close();
      },
    });
    const { signal } = new AbortController();
    const { idpId } = acme.idp;
    const deadline = Date.now() + 300_000;
    const request = { idp: acme.idp, partition: idpId, session, signal, deadline, visible: true };
    await expect(signIn.capture(request)).rejects.toThrow(PromptCancelled);
    expect(typed).toBe('anna');
  });

  it('is a cancel when it is closed, also with the whole browser', async () => {
    const acme = await federation();
    const env = { PATH: process.env['PATH'], DISPLAY: await scratchDisplay() };
    const { signal } = new AbortController();
    const request = {
      idp: acme.idp,
      partition: acme.idp.idpId,
      session,
      signal,
      deadline: Date.now() + 300_000,
      visible: true,
    };
    let running: readonly number[] = [];
    const closed = acme.signIn({
      env,
      async rehearse(page) {
        running = await browserProcesses(acme.folder);
        await page.close();
      },
    });
    await expect(closed.capture(request)).rejects.toThrow(PromptCancelled);
    expect(running.filter(isAlive)).toEqual([]);
    const killed = acme.signIn({
      env,
      async rehearse() {
        for (const pid of await browserProcesses(acme.folder)) process.kill(pid, 'SIGKILL');
        await new Promise(() => undefined);
      },
    });
    await expect(killed.capture(request)).rejects.toThrow(PromptCancelled);
  });
});
