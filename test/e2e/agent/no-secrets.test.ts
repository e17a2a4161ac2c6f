import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spellingsOf } from '../../fixtures/spellings.ts';
import { callOwner } from '../../fixtures/agent-process.ts';
import { computerForEachTest } from '../cli/computer.ts';

/*
 * A whole journey, and then a search for every secret that was used in it, however it may be spelled,
 * in everything that others could come by.
 */

const computer = computerForEachTest();

/** Every file below `folder`, by its name. */
async function filesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path.slice(folder.length + 1), await readFile(path));
  }
  return files;
}

/** Which secrets stand in which of the texts. */
function found(
  texts: ReadonlyMap<string, Buffer>,
  secrets: Readonly<Record<string, string>>,
): readonly string[] {
  return [...texts].flatMap(([where, bytes]) =>
    Object.entries(secrets)
      .filter(([, secret]) => spellingsOf(secret).some((spelling) => bytes.includes(spelling)))
      .map(([name]) => `${name} in ${where}`),
  );
}

/** Command lines and environments of every process that runs on the scratch computer. */
async function processes(): Promise<ReadonlyMap<string, Buffer>> {
  const seen = new Map<string, Buffer>();
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    for (const what of ['cmdline', 'environ']) {
      const bytes = await readFile(`/proc/${pid}/${what}`).catch(() => Buffer.alloc(0));
      const environ = await readFile(`/proc/${pid}/environ`).catch(() => Buffer.alloc(0));
      if (environ.includes(computer.scratch.folder)) seen.set(`${what} of ${pid}`, bytes);
    }
  }
  return seen;
}

describe('after add, start with MFA, renewal, rotate and stop', () => {
  it('no secret stands in workspace, logs, history, command lines, environments or answers', async () => {
    const { admin, scratch } = computer;
    const answers = new Map<string, Buffer>();
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await callOwner(scratch, method, path, body);
      if (!path.endsWith('/credentials') && path !== '/v1/tokens') {
        answers.set(`${method} ${path} #${answers.size}`, Buffer.from(answer.text));
      }
      return answer;
    };
    const anna = await computer.addUser('anna', { mfa: true });
    const { sessionId } = anna;
    await admin.setKnobs({ grantedSeconds: 900 });
    const started = await ask('POST', `/v1/sessions/${sessionId}/start`);
    const [prompt] = started.json<{ prompts: { promptId: string }[] }>().prompts;
    const mfaCode = await admin.mfaCode(String(anna.mfaSerial));
    await ask('POST', `/v1/prompts/${prompt?.promptId ?? ''}`, { answer: mfaCode });
    let credentials = await ask('GET', `/v1/sessions/${sessionId}/credentials`);
    while (credentials.status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      credentials = await ask('GET', `/v1/sessions/${sessionId}/credentials`);
    }
    const keys = credentials.json<Record<'SecretAccessKey' | 'SessionToken', string>>();
    const issued = await ask('POST', '/v1/tokens', { name: 'ci', role: 'viewer' });
    await ask('POST', `/v1/sessions/${sessionId}/rotate`);
    for (const path of [
      '/v1/sessions',
      `/v1/sessions/${sessionId}`,
      '/v1/history',
      '/v1/settings',
    ]) {
      await ask('GET', path);
    }
    await ask('GET', '/v1/owner');
    await ask('GET', '/v1/prompts');
    // Wrong input must not be repeated either.
    await ask('POST', '/v1/sessions', { secrets: { secretAccessKey: anna.secretAccessKey } });
    await ask('PATCH', `/v1/sessions/${sessionId}`, {
      secrets: { accessKeyId: anna.secretAccessKey },
    });
    await ask('POST', '/v1/tokens/verify', { token: issued.json<{ token: string }>().token });
    const running = await processes();
    expect(running.size).toBeGreaterThan(0);
    await ask('POST', `/v1/sessions/${sessionId}/stop`);

    const secrets = {
      'the secret access key': anna.secretAccessKey,
      'the secret key issued': keys.SecretAccessKey,
      'the session token': keys.SessionToken,
      'the passphrase': String(scratch.env['STINT_PASSPHRASE']),
      'the client token': issued.json<{ token: string }>().token,
    };
    const home = new Map(
      [...(await filesBelow(scratch.home))].filter(([name]) => name !== 'token'),
    );
    expect([...home.keys()].join(' ')).toMatch(/workspace.json/);
    expect([...home.keys()].join(' ')).toMatch(/history.db/);
    expect([...home.keys()].join(' ')).toMatch(/stint.log/);
    expect(found(home, secrets)).toEqual([]);
    expect(found(answers, secrets)).toEqual([]);
    expect(found(running, secrets)).toEqual([]);
    // Six digits stand in many a number; where a code would stand by its name it does not.
    const logged = home.get('logs/stint.log')?.toString() ?? '';
    expect(logged).not.toMatch(new RegExp(`\\b${mfaCode}\\b`));
    expect(String(home.get('history.db'))).not.toMatch(new RegExp(`"${mfaCode}"`));

    // The search would find them.
    for (const [name, secret] of Object.entries(secrets)) {
      for (const spelling of spellingsOf(secret)) {
        await writeFile(join(scratch.home, 'planted'), `before ${spelling} after`);
        expect(found(await filesBelow(scratch.home), { [name]: secret })).toContain(
          `${name} in planted`,
        );
      }
    }
  }, 60_000);
});
