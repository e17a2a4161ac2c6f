import { expect, it } from 'vitest';
import { leftoverText } from '../../../src/cli/sessions/leftover-text.ts';
import { checkOwner } from '../../../src/cli/doctor/owner.ts';

const left = {
  sessionId: '0c8f7a52-3f64-4a3e-9a53-6f2d3a1b7c90',
  file: '/home/anna/.aws/credentials',
  profileName: 'payments',
  what: 'section',
  reason: 'The folder is read-only.',
};

it('doctor names what a stop left behind, and that Stint tries again', async () => {
  const answers: Readonly<Record<string, object>> = {
    '/v1/owner': {
      pid: 1,
      version: '0.1.0',
      vault: { locked: false, detail: 'The vault is open.' },
      notices: [],
      leftovers: [left],
    },
    '/v1/sessions': { items: [] },
    '/v1/settings': {},
    '/v1/integrations': { items: [] },
    '/v1/changes': { items: [] },
  };
  const request = (_method: string, path: string) => Promise.resolve(answers[path]);
  const { findings } = await checkOwner({ owner: { request }, shell: { env: {} } } as never);
  expect(findings).toContainEqual({
    level: 'problem',
    what: 'Profile payments in /home/anna/.aws/credentials: its section is still there. The folder is read-only.',
    fix: 'Stint tries again every minute; `stint stop` with the name tries at once.',
  });
  expect(leftoverText({ ...left, what: 'unheard-of' })).toContain('unheard-of');
});
