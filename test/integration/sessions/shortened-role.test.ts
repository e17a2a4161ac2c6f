import { afterEach, beforeEach, expect, it } from 'vitest';
import { scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';
import { journey } from '../../support/session-journey.ts';

let owner: ScratchOwner;
beforeEach(async () => {
  owner = await scratchOwner();
});
afterEach(async () => {
  await owner.close();
});
const { addChained, addRole, start } = journey(() => owner);

const started = () => owner.stint.history.list({ kind: 'session-started' }).items[0]?.message;

it('a start says that the role allows less than was asked for, and the history keeps it', async () => {
  const { session: parent, user } = await owner.addUser('ines');
  const role = await addRole('Short', user.arn, { maxSessionSeconds: 14_400 });
  const session = await addChained('audit', parent.sessionId, role, { roleSeconds: 28_801 });
  const { findings } = await start(session);
  const message = 'AWS granted audit 1 h instead of 8 h 1 s.';
  expect(findings.filter(({ code }) => code === 'shortened')).toMatchObject([
    { message, next: expect.stringContaining('--role-seconds 3600') as string },
  ]);
  expect(started()).toBe(message);
});

it('a start through a role says that AWS grants an hour there', async () => {
  const { session: parent, user } = await owner.addUser('ines');
  const first = await addRole('First', user.arn);
  const second = await addRole('Second', first, { maxSessionSeconds: 43_200 });
  const middle = await addChained('middle', parent.sessionId, first);
  const end = await addChained('end', middle.sessionId, second, { roleSeconds: 43_200 });
  const { findings } = await start(end);
  expect(findings.map(({ code }) => code)).toContain('shortened');
});

it('a start says nothing where AWS granted what was asked for', async () => {
  const { session: parent, user } = await owner.addUser('ines');
  const role = await addRole('Long', user.arn, { maxSessionSeconds: 14_400 });
  const session = await addChained('audit', parent.sessionId, role, { roleSeconds: 14_400 });
  const { findings } = await start(session);
  expect(findings.map(({ code }) => code)).not.toContain('shortened');
  expect(started()).toBeUndefined();
});
