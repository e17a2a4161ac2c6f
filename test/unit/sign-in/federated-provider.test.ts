import { randomUUID } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { PromptCancelled } from '../../../src/services/prompts/prompt-service.ts';
import { accountId, requestFor, scriptedFederation } from './scripted-sign-in.ts';

/** Waits until one of these requests has asked its question. */
const untilAsked = (...requests: readonly { readonly asked: readonly unknown[] }[]) =>
  expect.poll(() => requests.some(({ asked }) => asked.length > 0), { interval: 5 }).toBe(true);

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
    script.window = () =>
      Promise.reject(new Problem('browser-unavailable', { next: 'Try again.', detail: 'none' }));
    const response = await admin.samlResponse({ idpArn, userName: 'anna' });
    const form = new URLSearchParams({ SAMLResponse: response, RelayState: '' }).toString();
    for (const pasted of [response, `${response.replace(/(.{76})/g, '$1\n')}\n`, form]) {
      const { request, asked, answer } = requestFor(session());
      answer.resolve(pasted);
      expect((await provider.obtain(request)).credentials.accountId).toBe(accountId);
      expect(asked).toMatchObject([{ kind: 'saml', url: idp.url }]);
    }
  });

  it('says that a window is open until it is closed', async () => {
    const { provider, session, script } = await scriptedFederation();
    const { request, said } = requestFor(session());
    const text = 'A sign-in window is open for session reader, at Acme.';
    script.window = ({ opened }) => {
      expect(said).toEqual([]);
      opened?.();
      expect(said).toMatchObject([{ kind: 'sign-in-window', text, isOpen: true }]);
      return Promise.resolve();
    };
    await provider.obtain(request);
    expect(said).toMatchObject([{ isOpen: false }]);
  });

  it('closes the window when somebody cancels there', async () => {
    const { provider, session, script } = await scriptedFederation();
    const { request, said } = requestFor(session());
    script.window = ({ opened, signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
        opened?.();
        said[0]?.cancel(new PromptCancelled('Somebody cancelled the question.'));
      });
    await expect(provider.obtain(request)).rejects.toThrow('Somebody cancelled the question.');
    expect(said).toMatchObject([{ isOpen: false }]);
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

describe('credentials for one program', () => {
  const readOnly = { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] };

  it('come from the last sign-in for four minutes, then from one without anybody', async () => {
    const { provider, session, captures, script, admin } = await scriptedFederation();
    const { request, asked } = requestFor(session());
    const started = await provider.obtain(request);
    const silently = { ...request, unattended: true };
    const narrowed = await provider.narrow?.(silently, readOnly);
    expect(narrowed?.credentials.accessKeyId).not.toBe(started.credentials.accessKeyId);
    expect(captures).toEqual(['silent', 'window']);
    script.now += 4 * 60_000;
    await provider.narrow?.(silently, readOnly);
    expect(captures).toEqual(['silent', 'window', 'silent']);
    expect((await admin.calls()).map(({ policyArns }) => policyArns)).toEqual([
      undefined,
      readOnly.policyArns,
      readOnly.policyArns,
    ]);
    expect(asked).toEqual([]);
  });

  it('need a person once the sign-in is too old or forgotten, and nobody is asked then', async () => {
    const { provider, session, captures, script } = await scriptedFederation();
    const { request, asked } = requestFor(session());
    await provider.obtain(request);
    await provider.forget(request.session.sessionId);
    script.signedIn = false;
    await expect(
      provider.narrow?.({ ...request, unattended: true }, readOnly),
    ).rejects.toMatchObject({
      code: 'person-needed',
      details: { next: expect.stringContaining('stint rotate') as string },
    });
    expect(asked).toEqual([]);
    expect(captures).toEqual(['silent', 'window']);
  });
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
