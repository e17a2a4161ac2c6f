import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandFailure, errorText } from '../../src/cli/failure.ts';
import { brokenLines } from '../../src/cli/sessions/session-text.ts';
import { print, printJson, say, type Shell } from '../../src/cli/terminal/shell.ts';
import { identityProviderFieldsSchema } from '../../src/models/identity-provider.ts';
import { integrationFieldsSchema } from '../../src/models/integration.ts';
import { Problem } from '../../src/models/problem.ts';
import { createLog } from '../../src/services/log/log.ts';
import { messageOf } from '../../src/services/network/sdk-error.ts';

/*
 * Names in files and words of servers that would move the cursor, set the title of the window, answer for
 * the person, or show text backwards, if they were printed unchanged.
 */

const attacks = {
  'sets the title': '\u001b]0;pwned\u0007',
  'clears the screen': '\u001b[2J',
  'asks the terminal': '\u001b[6n',
  'is a C1 control': '\u009b2J',
  'goes back': 'safe\b\b\b\bevil',
  'overwrites the line': 'evil\rsafe',
  'is a DEL': 'a\u007f',
  'turns the direction': 'exe.\u202egpj',
  'isolates a direction': '\u2066abc\u2069',
  'separates lines': 'one\u2028two',
};
// eslint-disable-next-line no-control-regex -- that is what is looked for
const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

function recordingShell() {
  let written = '';
  const stream = () =>
    new Writable({
      write(chunk, _, done) {
        written += String(chunk);
        done();
      },
    });
  const shell: Shell = { env: {}, stdin: process.stdin, stdout: stream(), stderr: stream() };
  return { shell, written: () => written };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-unprintable-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(Object.entries(attacks))('a text that %s', (_, attack) => {
  it('reaches no terminal: in data, messages, errors and lines about broken entries', () => {
    const { shell, written } = recordingShell();
    print(shell, attack);
    say(shell, attack);
    say(shell, errorText(new Problem('cloud-refused', { detail: attack, next: attack })));
    say(shell, errorText(new CommandFailure('failed', attack)));
    say(shell, errorText(new Error(attack)));
    const broken = brokenLines([{ sessionName: `${attack}\nsecond`, message: attack }]);
    for (const line of broken) print(shell, line);
    expect(written()).not.toMatch(dangerous);
    expect(broken.join()).not.toContain('\n');
  });

  it('is the same value for readers of JSON', () => {
    const { shell, written } = recordingShell();
    printJson(shell, { name: attack });
    expect(written()).not.toMatch(dangerous);
    expect(JSON.parse(written())).toEqual({ name: attack });
  });

  it('is escaped in the log', async () => {
    const log = createLog({ file: join(folder, 'stint.log') });
    log.warn('said', { words: attack, error: new Error(attack) });
    log.close();
    const lines = await readFile(join(folder, 'stint.log'), 'utf8');
    expect(lines).not.toMatch(dangerous);
    expect(JSON.parse(lines.trim().split('\n').at(-1) ?? '')).toMatchObject({ words: attack });
  });

  it('is refused as the name of an identity provider or integration', () => {
    const name = `a${attack}b`;
    const idp = { name, url: 'https://idp.example' };
    const tenant = { kind: 'azure', name, tenantId: 'contoso.example' };
    expect(identityProviderFieldsSchema.safeParse(idp).success).toBe(false);
    expect(integrationFieldsSchema.safeParse(tenant).success).toBe(false);
  });

  it('is a blank in what a server says, of which 300 characters are shown', () => {
    const error = Object.assign(new Error(`${attack}${'x'.repeat(3_000_000)}`), { name: attack });
    expect(messageOf(error)).not.toMatch(dangerous);
    expect(messageOf(error).length).toBeLessThanOrEqual(300);
  });
});
