import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/api/app.ts';
import { describeApp } from '../../src/api/document.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { attemptsOf } from './attempts.ts';

/* Requests of a permitted program that cost the owner more than they cost to send. */

const attempts = attemptsOf('a program that sends a lot');
let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'x']));
const chained = {
  type: 'awsIamRoleChained',
  sessionName: 'much',
  region: 'eu-west-1',
  parentSessionId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
  roleArn: 'arn:aws:iam::123456789012:role/Role',
  roleSessionName: 'anna',
};

describe('a request', () => {
  it.each([
    ['with 40,000 tags', 'POST', '/v1/sessions', { ...chained, tags: many(40_000) }],
    [
      'with an ARN of 600 KB',
      'POST',
      '/v1/sessions',
      { ...chained, roleArn: `${chained.roleArn}${'x'.repeat(600_000)}` },
    ],
    ['with 30,000 unknown fields', 'POST', '/v1/sessions', { ...chained, ...many(30_000) }],
    [
      'with a name of 900 KB',
      'POST',
      '/v1/sessions',
      { ...chained, [`k${'x'.repeat(900_000)}`]: 1 },
    ],
    ['that patches 30,000 settings', 'PATCH', '/v1/settings', many(30_000)],
    [
      'with a URL of 900 KB',
      'PATCH',
      '/v1/settings',
      { awsEndpointUrl: `https://x/${'x'.repeat(900_000)}` },
    ],
    [
      'for an identity provider with a URL of 900 KB',
      'POST',
      '/v1/idps',
      { name: 'x', url: `https://x/${'x'.repeat(900_000)}` },
    ],
  ])('%s is refused in a few kilobytes', async (_what, method, path, body) => {
    const answer = await owner.ask(method, path, { body });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(attempts.note(text.length > 20_000), text.slice(0, 200)).toBe(false);
  });

  it('that patches a session with 30,000 fields is refused in a few kilobytes', async () => {
    const { session } = await owner.addUser('anna');
    const answer = await owner.ask('PATCH', `/v1/sessions/${session.sessionId}`, {
      body: many(30_000),
    });
    expect(answer.status).toBe(422);
    expect(attempts.note((await answer.text()).length > 20_000)).toBe(false);
  });

  it('for the description of the API does not build it again', async () => {
    const started = performance.now();
    JSON.stringify(describeApp(buildApp()));
    const built = performance.now() - started;
    await owner.ask('GET', '/v1/openapi.json');
    const asked = performance.now();
    for (let at = 0; at < 100; at += 1) {
      expect((await owner.ask('GET', '/v1/openapi.json')).status).toBe(200);
    }
    const hundred = performance.now() - asked;
    console.log(
      `description: built in ${Math.round(built)} ms, asked 100 times in ${Math.round(hundred)} ms`,
    );
    expect(attempts.note(hundred > 50 * built)).toBe(false);
  });
});
