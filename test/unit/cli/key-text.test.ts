import { expect, it } from 'vitest';
import { keyTexts } from '../../../src/cli/sessions/key-text.ts';
import type { SessionView } from '../../../src/cli/owner/owner-client.ts';

const session = (fields: object) =>
  ({ type: 'awsIamUser', sessionId: 'one', ...fields }) as unknown as SessionView;
const now = Date.parse('2026-12-03T12:00:00.000Z');

it('says how old the access key is, and that an old one waits for its deletion', () => {
  const texts = keyTexts(
    session({
      keyCreatedAt: '2026-12-01T12:00:00.000Z',
      keyRotation: {
        step: 'old-key-waiting',
        since: '2026-12-01T12:00:01.000Z',
        oldKey: 'AKIA…MPLE',
      },
    }),
    now,
  );
  expect(texts['keyCreatedAt']).toMatch(/\(.*2 d.* ago\)$/);
  expect(texts['keyRotation']).toContain('the old key AKIA…MPLE is deactivated since');
  expect(texts['keyRotation']).toContain('stint session rotate-keys one --finish');
});

it('says nothing where nothing is known, and that Stint continues with what was interrupted', () => {
  expect(keyTexts(session({}), now)).toEqual({});
  const unfinished = { step: 'unfinished', since: '2026-12-01T12:00:00.000Z' };
  expect(keyTexts(session({ keyRotation: unfinished }), now)).toEqual({
    keyRotation: 'unfinished; Stint continues automatically',
  });
});
