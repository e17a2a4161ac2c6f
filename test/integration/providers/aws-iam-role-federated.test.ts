import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Prompt } from '../../../src/models/prompt.ts';
import type { Session } from '../../../src/models/session.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { accountId, by, journey, refusal } from '../../support/session-journey.ts';

/*
 * The whole owner on a machine without a browser: responses are pasted. With a browser: test/e2e/sign-in.
 */

let owner: ScratchOwner;
let session: Session;
let idpArn: string;
let idpId: string;
const { addChained, addRole, now, start, whoIs } = journey(() => owner);

beforeAll(() => {
  process.env['STINT_BROWSER'] = '/there/is/no/browser';
});
afterAll(() => {
  delete process.env['STINT_BROWSER'];
});
aRunningOwner(async (started) => {
  owner = started;
  const provider = await owner.cloud.createSamlProvider({ name: 'partner', accountId });
  ({ idpArn } = provider);
  ({ idpId } = await owner.stint.identityProviders.create(
    { name: 'Partner', url: provider.url },
    by,
  ));
  const roleArn = await addRole('Upload', idpArn);
  const roles = [roleArn, `${roleArn}Two`];
  await owner.cloud.createSamlUser({ idpArn, userName: by, roles });
  session = await add('upload', roleArn);
});

async function add(sessionName: string, roleArn: string): Promise<Session> {
  return await owner.stint.sessions.create({
    fields: {
      type: 'awsIamRoleFederated',
      sessionName,
      region: 'eu-west-1',
      idpId,
      idpArn,
      roleArn,
    },
    by,
  });
}

/** Pastes what the identity provider posts for a person who signs in elsewhere. */
async function paste(prompt: Prompt | undefined, wrong: object = {}): Promise<void> {
  const response = await owner.cloud.samlResponse({ idpArn, userName: by, ...wrong });
  await owner.stint.prompts.answer(String(prompt?.promptId), { answer: response });
}

async function started(one: Session = session): Promise<void> {
  await paste((await start(one)).prompts[0]);
  await eventually(
    () => now(one).status,
    (status) => status === 'active',
  );
}

const who = `arn:aws:sts::${accountId}:assumed-role/Upload/anna`;

describe('a federated role', () => {
  it('starts, rotates with a question and no window, and is gone after the stop', async () => {
    const { prompts } = await start(session);
    expect(prompts).toMatchObject([
      { kind: 'saml', sessionId: session.sessionId, account: accountId, role: 'Upload' },
    ]);
    await paste(prompts[0]);
    await eventually(
      () => now(session).status,
      (status) => status === 'active',
    );
    expect(await whoIs(session)).toBe(who);

    const asked = await owner.stint.sessions.rotate(session.sessionId, { by });
    expect(asked.prompts[0]?.text).toContain('Answer "open" to open the window');
    await owner.stint.prompts.answer(String(asked.prompts[0]?.promptId), { answer: 'open' });
    const [next] = await eventually(
      () => owner.stint.prompts.list(),
      ([one]) => one?.url !== undefined,
    );
    expect(now(session).status).toBe('active');
    await paste(next);
    await eventually(
      () => now(session).rotatedAt,
      (at) => at !== undefined,
    );
    expect(await whoIs(session)).toBe(who);
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(await owner.credentials()).toBe(before);
  });

  it('keeps the role that was chosen among those offered', async () => {
    const other = await addRole('UploadTwo', idpArn);
    const wrong = await add('wrong', `arn:aws:iam::${accountId}:role/Gone`);
    await paste((await start(wrong)).prompts[0]);
    const [choice] = await eventually(
      () => owner.stint.prompts.list(),
      ([one]) => one?.kind === 'choice',
    );
    expect(choice?.choices).toContain(other);
    await owner.stint.prompts.answer(String(choice?.promptId), { answer: other });
    await eventually(
      () => now(wrong).status,
      (status) => status === 'active',
    );
    expect(now(wrong)).toMatchObject({ roleArn: other });
    expect(await whoIs(wrong)).toContain('/UploadTwo/');
  });

  it('is a parent like any other', async () => {
    const roleArn = await addRole('Audit', String((session as { roleArn?: string }).roleArn));
    const chained = await addChained('audit', session.sessionId, roleArn);
    const { prompts } = await start(chained);
    expect(prompts).toMatchObject([{ kind: 'saml', sessionId: session.sessionId }]);
    await paste(prompts[0]);
    await eventually(
      () => now(chained).status,
      (status) => status === 'active',
    );
    expect(await whoIs(chained)).toContain('assumed-role/Audit/');
    expect(now(session).status).toBe('inactive');
  });

  it('ends when its identity provider is removed', async () => {
    await started();
    await owner.stint.identityProviders.remove(idpId, by);
    expect(now(session)).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'dependency-removed' },
    });
    expect((await refusal(start(session))).code).toBe('dependency-missing');
    expect(await owner.credentials()).toBe(before);
  });
});

describe('the message when a federated role', () => {
  afterEach(async () => {
    await owner.cloud.resetOverrides();
    expect(now(session).status).toBe('inactive');
    expect(await owner.credentials()).toBe(before);
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  const ended = async () =>
    await eventually(
      () => now(session),
      ({ status }) => status === 'inactive',
    );

  it.each([
    ['was signed in too long ago', { issuedSecondsAgo: 600 }, /too old/],
    ['is meant for another service', { audience: 'https://other.example' }, /did not accept/],
    ['has a response that was tampered with', { tamper: 'value' }, /did not accept/],
    ['has a response that is not signed', { tamper: 'unsigned' }, /did not accept/],
    ['has a response that is none', { tamper: 'not-xml' }, /not a SAML response/],
    ['is not offered any role', { roleValues: [] }, /It offers no role\./],
  ] as const)('%s', async (_, wrong, words) => {
    await paste((await start(session)).prompts[0], wrong);
    const { lastEnd } = await ended();
    expect(lastEnd?.reason).toBe('failed');
    expect(lastEnd?.message).toMatch(words);
    expect(lastEnd?.message).toContain('upload');
  });

  it('is not trusted by its role', async () => {
    session = await add('closed', `arn:aws:iam::${accountId}:role/UploadTwo`);
    await paste((await start(session)).prompts[0]);
    expect((await ended()).lastEnd?.message).toContain('AWS denied session closed');
  });

  it('is throttled', async () => {
    await owner.cloud.setOverrides({ throttleNext: 10 });
    await paste((await start(session)).prompts[0]);
    expect((await ended()).lastEnd?.message).toBe('AWS is throttling requests for session upload.');
  });

  it('cannot reach AWS', async () => {
    await owner.stint.settings.change({ awsStsEndpointUrl: 'http://127.0.0.1:1' });
    await paste((await start(session)).prompts[0]);
    expect((await ended()).lastEnd?.message).toContain('did not answer for session upload');
  });

  it('has its sign-in cancelled', async () => {
    const { prompts } = await start(session);
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { cancel: true });
    expect((await ended()).lastEnd?.reason).toBe('cancelled');
  });

  it('waits for a sign-in that nobody makes in time', async () => {
    await start(session);
    await owner.pass(301);
    expect((await ended()).lastEnd).toMatchObject({ reason: 'failed' });
  });
});
