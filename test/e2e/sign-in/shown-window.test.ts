import { describe, expect, it } from 'vitest';
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
      deadline: Date.now() + 60_000,
    };
    expect(await signIn.capture({ ...request, visible: true })).toBeDefined();
    expect(acme.seen).toHaveLength(2);
    expect(await acme.signIn().capture({ ...request, visible: false })).toBeDefined();
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
      deadline: Date.now() + 60_000,
      visible: true,
    };
    const closed = acme.signIn({ env, rehearse: (page) => page.close() });
    await expect(closed.capture(request)).rejects.toThrow(PromptCancelled);
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
