import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeVerbose } from '../../../src/cli/arguments/take-verbose.ts';
import { createVerbose } from '../../../src/cli/owner/verbose.ts';
import type { ClientRequest } from '../../../src/client/transport.ts';
import { scriptedShell } from './scripted-shell.ts';

describe('--verbose', () => {
  it('counts anywhere before --, and is removed there', () => {
    expect(takeVerbose(['exec', 'a', '--verbose', '--', 'b', '--verbose'])).toEqual({
      verbose: true,
      argv: ['exec', 'a', '--', 'b', '--verbose'],
    });
    expect(takeVerbose(['--verbose', 'start', 'a'])).toEqual({
      verbose: true,
      argv: ['start', 'a'],
    });
    expect(takeVerbose(['exec', 'a', '--', 'b', '--verbose']).verbose).toBe(false);
  });
});

describe('a verbose command', () => {
  let home = '';
  let log = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stint-verbose-'));
    mkdirSync(join(home, 'logs'));
    log = join(home, 'logs', 'stint.log');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const line = (requestId: unknown, reason: string, operation = 'explain') =>
    `${JSON.stringify({ level: 'info', operation, requestId, reason })}\n`;
  const get: ClientRequest = { method: 'GET', path: '/v1/sessions', headers: {} };
  async function* nothing(): AsyncGenerator<string> {
    // An answer without a body.
  }

  it('prints each request, and the reasons logged for its own requests', async () => {
    writeFileSync(log, line('of another time', 'Old.'));
    const shell = scriptedShell();
    const { transport } = createVerbose(shell, home, ({ headers }) => {
      const requestId = headers['x-request-id'];
      appendFileSync(log, line('somebody else’s', 'Not ours.'));
      appendFileSync(log, line(requestId, 'The token expired 3 min ago.'));
      appendFileSync(log, line(requestId, 'Not a reason.', 'api.listSessions'));
      return Promise.resolve({ status: 200, text: nothing() });
    });
    await transport(get);
    expect(shell.words()).toMatch(
      /^verbose: The token expired 3 min ago\.\nverbose: GET \/v1\/sessions: 200 after \d+ ms\n$/,
    );
  });

  it('prints a reason once, also one that is logged after the answer or after a rotation', async () => {
    writeFileSync(log, line('of another time', 'A line of some length.'));
    const shell = scriptedShell();
    let requestId: string | undefined;
    const { transport, flush } = createVerbose(shell, home, ({ headers }) => {
      requestId = headers['x-request-id'];
      return Promise.resolve({ status: 202, text: nothing() });
    });
    await transport(get);
    renameSync(log, `${log}.1`);
    writeFileSync(log, line(requestId, 'Later.'));
    flush();
    flush();
    expect(shell.words().match(/Later/g)).toHaveLength(1);
  });

  it('works without a log, and reports a request that fails', async () => {
    const shell = scriptedShell();
    const { transport } = createVerbose(shell, home, () =>
      Promise.reject(new Error('No agent is running.')),
    );
    await expect(transport(get)).rejects.toThrow('No agent is running.');
    expect(shell.words()).toMatch(/GET \/v1\/sessions: No agent is running\. after \d+ ms/);
  });
});
