import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { PromptCancelled } from '../../../src/services/prompts/prompt-service.ts';
import { accountId, requestFor, roleArn, scriptedFederation } from './scripted-sign-in.ts';

/** Waits until one of these requests has asked its question. */
const untilAsked = (...requests: readonly { readonly asked: readonly unknown[] }[]) =>
  vi.waitFor(
    () => {
      expect(requests.some(({ asked }) => asked.length > 0)).toBe(true);
    },
    { timeout: 20_000, interval: 5 },
  );

describe('a federated session', () => {
  it('starts with a window, and then is the role', async () => {
    const { provider, session, captures, cloud } = await scriptedFederation();
    const { request, asked } = requestFor(session());
    expect(provider.unattended(request.session)).toBe(false);
    const { credentials, grantedSeconds } = await provider.obtain(request);
    expect(captures).toEqual(['silent', 'window']);
    expect(asked).toEqual([]);
    expect(Math.round(grantedSeconds / 60)).toBe(60);
    const client = new STSClient({
      endpoint: cloud.stsEndpoint,
      region: 'eu-west-1',
      credentials: { ...credentials, expiration: new Date(credentials.expiration) },
    });
    const who = await client.send(new GetCallerIdentityCommand({}));
    client.destroy();
    expect(who.Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/reader/anna`);
  });

  it('starts and rotates without anybody while the identity provider knows the browser', async () => {
    const { provider, session, captures, script } = await scriptedFederation();
    script.signedIn = true;
    expect(provider.unattended(session())).toBe(true);
    for (const fresh of [false, true]) {
      const { request, asked } = requestFor(session(), { fresh });
      await provider.obtain(request);
      expect(asked).toEqual([]);
    }
    expect(captures).toEqual(['silent', 'silent']);
  });

  it('asks before it opens a window to rotate', async () => {
    const { provider, session, captures } = await scriptedFederation();
    const { request, asked, answer } = requestFor(session(), { fresh: true });
    const obtaining = provider.obtain(request);
    await untilAsked({ asked });
    expect(captures).toEqual(['silent']);
    expect(asked).toEqual([
      {
        kind: 'saml',
        account: accountId,
        role: 'team/reader',
        text:
          'Sign in at Acme for reader (role team/reader in account 447109328810). ' +
          'Answer "open" to open the window.',
      },
    ]);
    answer.resolve('open');
    await obtaining;
    expect(captures).toEqual(['silent', 'silent', 'window']);
  });

  it('asks first wherever no person has asked for it just now, such as for a chained role', async () => {
    const { provider, session, captures } = await scriptedFederation();
    const { request, asked, answer } = requestFor(session(), { attended: false });
    const obtaining = provider.obtain(request);
    await untilAsked({ asked });
    expect(asked).toHaveLength(1);
    expect(captures).toEqual(['silent']);
    answer.resolve('open');
    await obtaining;
  });

  it('opens one window for many starts, and asks one question for many rotations', async () => {
    const { provider, session, captures, script } = await scriptedFederation();
    await Promise.all([1, 2, 3].map(() => provider.obtain(requestFor(session()).request)));
    expect(captures.filter((kind) => kind === 'window')).toHaveLength(1);

    script.signedIn = false;
    const all = [1, 2, 3].map(() => requestFor(session(), { fresh: true }));
    const obtaining = all.map(({ request }) => provider.obtain(request));
    await untilAsked(...all);
    expect(all.map(({ asked }) => asked.length).sort()).toEqual([0, 0, 1]);
    all.forEach(({ answer }) => {
      answer.resolve('open');
    });
    await Promise.all(obtaining);
    expect(captures.filter((kind) => kind === 'window')).toHaveLength(2);
  });

  it('takes a pasted response where no browser is available', async () => {
    const { provider, session, script, admin, idpArn, idp } = await scriptedFederation();
    script.window = () => Promise.reject(new Problem('browser-unavailable', { detail: 'none' }));
    const response = await admin.samlResponse({ idpArn, userName: 'anna' });
    const form = new URLSearchParams({ SAMLResponse: response, RelayState: '' }).toString();
    for (const pasted of [response, `${response.replace(/(.{76})/g, '$1\n')}\n`, form]) {
      const { request, asked, answer } = requestFor(session());
      answer.resolve(pasted);
      expect((await provider.obtain(request)).credentials.accountId).toBe(accountId);
      expect(asked).toMatchObject([{ kind: 'saml', url: idp.url }]);
    }
  });

  it('does not wait for an open question of another one to start', async () => {
    const { provider, session } = await scriptedFederation();
    const rotation = requestFor(session(), { fresh: true });
    const rotating = provider.obtain(rotation.request);
    await untilAsked(rotation);
    await provider.obtain(requestFor(session()).request);
    expect(rotation.asked).toHaveLength(1);
    rotation.answer.resolve('open');
    await rotating;
  });

  it('asks for the next one when a question is cancelled', async () => {
    const { provider, session } = await scriptedFederation();
    const [first, second] = [1, 2].map(() => requestFor(session(), { fresh: true }));
    if (first === undefined || second === undefined) throw new Error('unreachable');
    const obtaining = [first, second].map(({ request }) => provider.obtain(request));
    await untilAsked(first);
    first.answer.reject(new PromptCancelled('A person cancelled it'));
    await expect(obtaining[0]).rejects.toThrow(PromptCancelled);
    await untilAsked(second);
    expect(second.asked).toHaveLength(1);
    second.answer.resolve('open');
    await obtaining[1];
  });

  it('ends its waiting with the work it was for', async () => {
    const { provider, session } = await scriptedFederation();
    const holder = requestFor(session(), { fresh: true });
    void provider.obtain(holder.request).catch(() => undefined);
    await untilAsked(holder);
    const controller = new AbortController();
    const waiting = requestFor(session(), { fresh: true, controller });
    const obtaining = provider.obtain(waiting.request);
    controller.abort(new Error('stopped'));
    await expect(obtaining).rejects.toThrow('stopped');
    expect(waiting.asked).toEqual([]);
  });

  it('is cancelled with its window', async () => {
    const { provider, session, script } = await scriptedFederation();
    script.window = () => Promise.reject(new PromptCancelled('The sign-in window was closed'));
    await expect(provider.obtain(requestFor(session()).request)).rejects.toThrow(PromptCancelled);
  });
});

describe('how long it lasts', () => {
  it.each([
    [{ roleSeconds: 7200 }, 120],
    [{ roleSeconds: 43_200 }, 60],
    [{ roleSeconds: 900 }, 15],
    [{ roleSeconds: 7200, roleSecondsGranted: 3600 }, 60],
  ])('is %j, as far as the role allows: %i minutes', async (fields, minutes) => {
    const { provider, session } = await scriptedFederation();
    const issued = await provider.obtain(requestFor(session(fields)).request);
    expect(Math.round(issued.grantedSeconds / 60)).toBe(minutes);
    expect(issued.credentials.accountId).toBe(accountId);
    expect(issued.roleSecondsGranted).toBe(fields.roleSeconds === 43_200 ? 3600 : undefined);
  });
});

describe('what is refused', () => {
  it('names the roles that are offered, and how to choose one, where nobody is there to choose', async () => {
    const { provider, session, idpArn, script } = await scriptedFederation();
    script.signedIn = true;
    const wrong = session({ roleArn: `${roleArn}s` });
    const { request } = requestFor(wrong, { fresh: true });
    await expect(provider.obtain(request)).rejects.toMatchObject({
      code: 'cloud-refused',
      details: {
        sessionId: wrong.sessionId,
        detail:
          `The identity provider does not offer session reader the role ${roleArn}s with ${idpArn}. ` +
          `It offers ${roleArn} with ${idpArn}.`,
        next: `Choose one of them: stint session edit ${wrong.sessionId} --role-arn ARN --idp-arn ARN`,
      },
    });
  });

  it.each(['1', roleArn])('has a person choose among the roles offered, by %s', async (choice) => {
    const { provider, session, idpArn } = await scriptedFederation();
    const { request, asked, answer } = requestFor(session({ roleArn: `${roleArn}s` }));
    answer.resolve(choice);
    expect(await provider.obtain(request)).toMatchObject({ chosen: { roleArn, idpArn } });
    expect(asked).toMatchObject([{ kind: 'choice', choices: [roleArn] }]);
  });

  it('lists the offered roles when the choice is not among them', async () => {
    const { provider, session } = await scriptedFederation();
    const { request, answer } = requestFor(session({ roleArn: `${roleArn}s` }));
    answer.resolve('7');
    await expect(provider.obtain(request)).rejects.toMatchObject({ code: 'cloud-refused' });
  });

  it('says so where no role is offered at all', async () => {
    const { provider, session, script } = await scriptedFederation();
    script.wanted = { roleValues: [] };
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      message: expect.stringContaining('It offers no role.') as string,
    });
  });

  it.each([
    [
      { issuedSecondsAgo: 400, validSeconds: 900 },
      'AWS refused the sign-in response for session reader as too old: Token must be redeemed within 5 minutes of issuance',
    ],
    [
      { tamper: 'value' },
      'AWS did not accept the sign-in response for session reader: Response signature invalid',
    ],
    [
      { audience: 'https://example.com' },
      'AWS did not accept the sign-in response for session reader: Response does not contain the required audience.',
    ],
    [
      { succeeded: false },
      'The identity provider refused the sign-in of session reader: The identity provider reported that authentication failed.',
    ],
  ] as const)('a response that AWS does not take: %j', async (wanted, message) => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.wanted = wanted;
    const refused = provider.obtain(requestFor(session()).request);
    await expect(refused).rejects.toMatchObject({ code: 'cloud-refused', message });
    const said = inspect(await refused.catch((error: unknown) => error), { depth: Infinity });
    expect(said).not.toContain((await admin.samlResponse(user(session()))).slice(0, 40));
  });

  it('a response made in time, for an AWS whose clock is far ahead', async () => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.signedIn = true;
    script.response = await admin.samlResponse(user(session()));
    await admin.setOverrides({ clockOffsetSeconds: 600 });
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      message: expect.stringContaining('too old') as string,
    });
  });

  it('a role that does not trust the identity provider', async () => {
    const { provider, session, admin, idpArn } = await scriptedFederation();
    await admin.deleteRole(roleArn);
    await admin.createRole({ roleArn, principals: [accountId] });
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      code: 'cloud-refused',
      message: `AWS denied session reader the role ${roleArn}: Not authorized to perform sts:AssumeRoleWithSAML`,
      details: {
        next: `Check that the role exists and that its trust policy names ${idpArn}.`,
      },
    });
  });

  it.each([
    [{ throttleNext: 9 }, 'is throttling'],
    [{ failNext: 9, failStatus: 503 }, 'HTTP 503'],
    [{ dropConnections: true }, 'did not answer'],
  ] as const)('for a while, when STS has trouble: %j', async (overrides, words) => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.signedIn = true;
    await admin.setOverrides(overrides);
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      code: 'cloud-unreachable',
      message: expect.stringContaining(words) as string,
      details: { sessionId: expect.any(String) as string },
    });
  });

  it('a response that is too long for AWS, before it is sent', async () => {
    const { provider, session, script, admin } = await scriptedFederation();
    script.signedIn = true;
    script.response = 'A'.repeat(100_004);
    await expect(provider.obtain(requestFor(session()).request)).rejects.toMatchObject({
      code: 'cloud-refused',
      message:
        'The sign-in response for session reader is 100004 characters long; AWS accepts 4 to 100000.',
    });
    expect(await admin.calls()).toEqual([]);
  });

  it('an identity provider that is not there', async () => {
    const { provider, session } = await scriptedFederation();
    const idpId = randomUUID();
    await expect(provider.obtain(requestFor(session({ idpId })).request)).rejects.toMatchObject({
      code: 'dependency-missing',
      message: `Session reader signs in at identity provider ${idpId}, which was removed.`,
    });
  });

  function user({ idpArn }: { readonly idpArn: string }) {
    return { idpArn, userName: 'anna' };
  }
});

describe('what is kept of an identity provider', () => {
  it('goes with a forget, and with the last session that uses it', async () => {
    const { provider, session, forgotten, idp } = await scriptedFederation();
    const [first, second] = [session(), session()];
    await provider.dropSecrets?.(first);
    expect(forgotten).toEqual([]);
    await provider.forget(second.sessionId);
    expect(forgotten).toEqual([idp.idpId]);
    const alone = session({ idpId: randomUUID() });
    await provider.dropSecrets?.(alone);
    await provider.forgetIdentityProvider('x');
    await provider.forget(randomUUID());
    expect(forgotten).toEqual([idp.idpId, alone.idpId, 'x']);
  });

  it('is kept apart for a session that signs in as somebody else', async () => {
    const { provider, session, forgotten, idp } = await scriptedFederation();
    session();
    const apart = session({ separateIdentity: true });
    await provider.forget(apart.sessionId);
    expect(forgotten).toEqual([apart.sessionId]);
    await provider.forgetIdentityProvider(idp.idpId);
    expect(forgotten).toEqual([apart.sessionId, idp.idpId, apart.sessionId]);
  });
});
