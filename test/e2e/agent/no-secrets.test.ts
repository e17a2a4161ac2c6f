import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { searchedForSecrets } from '../../support/search-for-secrets.ts';
import { computerForEachTest } from '../cli/computer.ts';

/*
 * A whole journey, and then a search for every secret that was used in it, in every spelling, in
 * everything that others could read.
 */

const computer = computerForEachTest();

describe('after add, start with MFA, renewal, rotate and stop', () => {
  it('no secret is in workspace, logs, history, command lines, environments or answers', async () => {
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
    await admin.setOverrides({ grantedSeconds: 900 });
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

    const bundle = join(scratch.folder, 'bundle.json');
    expect((await computer.stint(['support-bundle', '--file', bundle])).code).toBe(0);
    answers.set('the support bundle', await readFile(bundle));

    const secrets = {
      'the secret access key': anna.secretAccessKey,
      'the secret key issued': keys.SecretAccessKey,
      'the session token': keys.SessionToken,
      'the passphrase': String(scratch.env['STINT_PASSPHRASE']),
      'the client token': issued.json<{ token: string }>().token,
    };
    const home = await searchedForSecrets(scratch, answers, secrets);
    // Six digits occur in many numbers, so the search is for the code by its name.
    const logged = home.get('logs/stint.log')?.toString() ?? '';
    expect(logged).not.toMatch(new RegExp(`\\b${mfaCode}\\b`));
    expect(String(home.get('history.db'))).not.toMatch(new RegExp(`"${mfaCode}"`));
    await ask('POST', `/v1/sessions/${sessionId}/stop`);
  });
});
