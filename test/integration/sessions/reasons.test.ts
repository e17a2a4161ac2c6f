import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { identityCenter, payments } from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import type { ScratchOwner } from '../../support/scratch-owner.ts';
import { by, journey } from '../../support/session-journey.ts';

let owner: ScratchOwner;
let seen = 0;
aRunningOwner((started) => {
  owner = started;
  seen = 0;
});
const { addChained, addRole, start } = journey(() => owner);

/** The reasons in the log since the last call. */
async function reasons(): Promise<readonly string[]> {
  const text = await readFile(join(owner.folder, 'stint', 'logs', 'stint.log'), 'utf8');
  const lines = text.trim().split('\n').slice(seen);
  seen += lines.length;
  return lines.flatMap((line) => {
    const { operation, reason } = JSON.parse(line) as { operation: string; reason?: string };
    return operation === 'explain' ? [String(reason)] : [];
  });
}

async function startAndStop(session: Session): Promise<readonly string[]> {
  await start(session);
  await owner.stint.sessions.stop(session.sessionId, { by });
  return await reasons();
}

describe('the log says why', () => {
  it('a session token is new, used again, expired, or dropped with its MFA device', async () => {
    const { session } = await owner.addUser('ines');
    expect(await startAndStop(session)).toEqual([
      'Stint has no session token of ines. Asking AWS for one.',
    ]);
    expect(await startAndStop(session)).toEqual([
      expect.stringMatching(/^The session token of ines expires in .* Using it\.$/),
    ]);
    await owner.pass(13 * 3600);
    expect(await startAndStop(session)).toEqual([
      expect.stringMatching(
        /^The session token of ines expired .* ago\. Asking AWS for a new one\.$/,
      ),
    ]);
    await owner.stint.sessions.update(session.sessionId, {
      edit: (fields) => ({ ...fields, mfaSerial: 'arn:aws:iam::447109328810:mfa/other' }),
      by,
    });
    expect(await startAndStop(session)).toEqual([
      'Stint has no session token of ines. Asking AWS for one.',
      'AWS issues a session token of ines only with an MFA code.',
    ]);
  });

  it('a chained session asks a question of the first one', async () => {
    const { session: parent, user } = await owner.addUser('ines', { mfa: true });
    const role = await addRole('First', user.arn);
    const first = await addChained('first', parent.sessionId, role);
    const second = await addChained('second', first.sessionId, await addRole('Second', role));
    const { prompts } = await start(second);
    expect(prompts).toHaveLength(1);
    expect(await reasons()).toEqual([
      'second needs credentials of its parent first, and none that are kept last long enough. Obtaining them.',
      'first needs credentials of its parent ines, and none that are kept last long enough. Obtaining them.',
      'Stint has no session token of ines. Asking AWS for one.',
      'AWS issues a session token of ines only with an MFA code.',
    ]);
  });

  it('Identity Center is asked: for a renewal, and for a sign-in after a logout', async () => {
    const center = await identityCenter(owner, 'acme');
    await center.offer(payments, 'Operator');
    await center.sync();
    expect(await reasons()).toEqual(['acme: Nobody is signed in.', 'acme: Asking for a sign-in.']);
    const session = center.session('payments-prod', 'Operator');
    await owner.pass(3 * 3600);
    expect(await startAndStop(session)).toEqual([
      expect.stringMatching(/^acme: The access token expired .* ago\.$/),
      'acme: Renewing it with the refresh token.',
    ]);
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    await start(session);
    expect(await reasons()).toEqual(['acme: Nobody is signed in.', 'acme: Asking for a sign-in.']);
  });
});
