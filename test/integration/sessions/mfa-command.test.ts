import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
let program: string;

aRunningOwner((started) => {
  owner = started;
  program = join(dirname(owner.credentialsFile), 'print-code');
});

/** A program of the user's own that does what `script` says. */
async function userProgram(script: string): Promise<void> {
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o700);
}

async function sessionWithCommand(command: readonly string[]) {
  const { session, user } = await owner.addUser('anna', {
    mfa: true,
    fields: { mfaCommand: command },
  });
  return { sessionId: session.sessionId, serial: String(user.mfaSerial) };
}

const start = (sessionId: string) => owner.stint.sessions.start(sessionId, { by: 'anna' });
const answer = (text: string) =>
  owner.stint.prompts.answer(String(owner.stint.prompts.list()[0]?.promptId), { answer: text });
const becomes = (sessionId: string, wanted: string) =>
  eventually(
    () => owner.stint.sessions.get(sessionId).status,
    (status) => status === wanted,
  );

describe('a session with a program for its MFA codes', () => {
  it('runs it once a person has allowed it, and does not ask again', async () => {
    const { sessionId, serial } = await sessionWithCommand([program]);
    await userProgram(`echo ${await owner.cloud.mfaCode(serial)}`);
    const [asked] = (await start(sessionId)).prompts;
    expect(asked?.kind).toBe('confirm');
    expect(asked?.text).toContain(program);
    await answer('yes');
    await becomes(sessionId, 'active');

    await owner.stint.sessions.stop(sessionId, { by: 'anna' });
    await owner.stint.sessions.forget(sessionId, { by: 'anna' });
    await userProgram(`echo ${await owner.cloud.mfaCode(serial)}`);
    expect((await start(sessionId)).session.status).toBe('active');
  });

  it('asks again once the program was changed in the session', async () => {
    const { sessionId, serial } = await sessionWithCommand([program]);
    await userProgram(`echo ${await owner.cloud.mfaCode(serial)}`);
    await start(sessionId);
    await answer('yes');
    await becomes(sessionId, 'active');
    await owner.stint.sessions.stop(sessionId, { by: 'anna' });
    await owner.stint.sessions.forget(sessionId, { by: 'anna' });
    await owner.stint.sessions.update(sessionId, {
      edit: (fields) => ({ ...fields, mfaCommand: [program, '--other'] }),
      by: 'anna',
    });
    expect((await start(sessionId)).prompts[0]?.kind).toBe('confirm');
  });

  it('never runs it unless it was allowed: the person is asked for the code instead', async () => {
    const { sessionId, serial } = await sessionWithCommand([program]);
    const trace = `${program}.ran`;
    await userProgram(`touch '${trace}'; echo 123456`);
    await start(sessionId);
    await answer('no');
    const [asked] = await eventually(
      () => owner.stint.prompts.list(),
      ([open]) => open?.kind === 'mfa',
    );
    expect(asked?.text).toContain('it was not allowed');
    await expect(readFile(trace)).rejects.toThrow('ENOENT');
    await answer(await owner.cloud.mfaCode(serial));
    await becomes(sessionId, 'active');
  });

  it.each([
    ['fails', 'echo my password is hunter2 >&2; exit 3', 'it ended with exit code 3'],
    ['prints something else', 'echo hello', 'it did not print six digits'],
  ])('asks the person and says why when the program %s', async (_what, script, why) => {
    const { sessionId } = await sessionWithCommand([program]);
    await userProgram(script);
    await start(sessionId);
    await answer('yes');
    const [asked] = await eventually(
      () => owner.stint.prompts.list(),
      ([open]) => open?.kind === 'mfa',
    );
    expect(asked?.text).toContain(why);
    expect(asked?.text).not.toContain('hunter2');
  });

  it('is run without a shell and without what Stint was given', async () => {
    const { sessionId, serial } = await sessionWithCommand([
      program,
      '$(touch /tmp/never)',
      '; ls',
    ]);
    const seen = `${program}.seen`;
    process.env['STINT_TEST_SECRET'] = 'swordfish';
    await userProgram(
      `env > '${seen}'; printf '%s\\n' "$@" >> '${seen}'; echo ${await owner.cloud.mfaCode(serial)}`,
    );
    await start(sessionId);
    await answer('yes');
    await becomes(sessionId, 'active');
    delete process.env['STINT_TEST_SECRET'];
    const told = await readFile(seen, 'utf8');
    expect(told).toContain('$(touch /tmp/never)\n; ls\n');
    expect(told).not.toContain('swordfish');
  });
});
