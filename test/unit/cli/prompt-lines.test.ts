import { describe, expect, it } from 'vitest';
import { promptLines } from '../../../src/cli/prompts/prompt-lines.ts';

const now = Date.parse('2026-12-01T10:00:00Z');
const base = { promptId: 'p-1', expiresAt: '2026-12-01T10:10:00Z' } as const;

describe('an open question, listed', () => {
  it('shows the link and the code of a sign-in, and that the browser answers it', () => {
    const prompt = {
      ...base,
      kind: 'device-code',
      integrationId: 'i-1',
      text: 'Sign in to acme',
      url: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
      code: 'ABCD-EFGH',
    } as const;
    expect(promptLines(prompt, 'acme', now)).toEqual([
      'Sign in to acme',
      '  kind         device-code',
      '  integration  acme',
      '  open         https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
      '  code         ABCD-EFGH',
      '  time left    10 min',
      '  answer       in the browser; Stint continues by itself',
      '  cancel       stint prompt cancel p-1',
    ]);
  });

  it('shows the account, the role and every choice with its number', () => {
    const prompt = {
      ...base,
      kind: 'choice' as const,
      sessionId: 's-1',
      account: '447109328810',
      role: 'Admin',
      text: 'Which role?',
      choices: ['Admin', 'Reader'],
    };
    const lines = promptLines(prompt, 'payments', now);
    expect(lines).toEqual(
      expect.arrayContaining([
        '  account    447109328810',
        '  role       Admin',
        '  choice 1   Admin',
        '  choice 2   Reader',
        '  answer     stint prompt answer p-1',
      ]),
    );
  });
});
