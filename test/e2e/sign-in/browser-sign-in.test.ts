import { readdir, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer as createHttpServer, request as forward } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { PromptCancelled } from '../../../src/services/prompts/prompt-service.ts';
import { createBrowserSignIn } from '../../../src/services/sign-in/browser-sign-in.ts';
import { readSamlAssertion } from '../../../src/services/sign-in/saml-assertion.ts';
import { browserProcesses } from './browser-processes.ts';
import { federation, roleArn, session, type Federation } from './federation.ts';

function ask({ idp }: Federation, visible: boolean, signal = new AbortController().signal) {
  return {
    idp,
    partition: idp.idpId,
    session,
    visible,
    signal,
    deadline: Date.now() + 300_000,
  };
}

describe('the sign-in with a browser', () => {
  it('goes through every page and takes the response on its way to AWS', async () => {
    const acme = await federation({ mfa: true });
    const response = await acme.signIn().capture(ask(acme, true));
    expect(acme.seen).toEqual(['Sign in to acme', 'A code for acme']);
    expect(readSamlAssertion(String(response), session).roles).toEqual([
      { roleArn, idpArn: acme.idpArn },
    ]);
  });

  it.each(['persistent', 'session'] as const)(
    'needs nobody the next time, by a %s cookie',
    async (cookie) => {
      const acme = await federation({ cookie });
      const { idpId } = acme.idp;
      expect(acme.signIn().remembers(idpId)).toBe(false);
      const first = await acme.signIn().capture(ask(acme, true));
      // Another process, with nobody there.
      const later = acme.signIn({ rehearse: () => Promise.reject(new Error('nobody is here')) });
      expect(later.remembers(idpId)).toBe(true);
      const second = await later.capture(ask(acme, false));
      expect(second).not.toBe(first);
      expect(readSamlAssertion(String(second), session).roles).toHaveLength(1);
      expect([...acme.secrets.kept.keys()]).toEqual(
        cookie === 'session' ? [`saml/${idpId}/cookies`] : [],
      );
      const folder = await stat(join(acme.folder, 'browser', idpId));
      expect(folder.mode & 0o077).toBe(0);

      await later.forget(idpId);
      expect(later.remembers(idpId)).toBe(false);
      expect(await readdir(join(acme.folder, 'browser'))).toEqual([]);
      expect([...acme.secrets.kept]).toEqual([]);
      expect(await later.capture(ask(acme, false))).toBeUndefined();
    },
  );

  it('says soon that it needs a person, once the cookie is good no more', async () => {
    const acme = await federation();
    await acme.signIn().capture(ask(acme, true));
    await acme.admin.endSamlCookies(acme.idpArn);
    expect(await acme.signIn().capture(ask(acme, false))).toBeUndefined();
    expect(acme.signIn().remembers(acme.idp.idpId)).toBe(false);
  });

  it('gives up on a page that neither asks nor continues, as one that needs a person', async () => {
    const acme = await federation();
    const idp = { ...acme.idp, url: `${acme.idp.url}/nothing` };
    const signIn = acme.signIn({ silentPatience: 800 });
    expect(await signIn.capture({ ...ask(acme, false), idp })).toBeUndefined();
  });

  it('is cancelled when the window is closed', async () => {
    const acme = await federation();
    const signIn = acme.signIn({ rehearse: (page) => page.close() });
    await expect(signIn.capture(ask(acme, true))).rejects.toThrow(PromptCancelled);
    expect(await acme.signIn().capture(ask(acme, true))).toBeDefined();
  });

  it('does without cookies that are spoiled, and says that its folder is', async () => {
    const acme = await federation({ cookie: 'session' });
    await acme.secrets.set(`saml/${acme.idp.idpId}/cookies`, '[{"name":"x","value":"y"}]');
    expect(await acme.signIn().capture(ask(acme, false))).toBeUndefined();
    const file = join(acme.folder, 'file');
    await writeFile(file, '');
    await expect(acme.signIn({ folder: file }).capture(ask(acme, false))).rejects.toMatchObject({
      code: 'file-unwritable',
    });
  });

  it('ends when nobody signs in in time', async () => {
    const acme = await federation();
    const signIn = acme.signIn({
      rehearse: () => new Promise(() => undefined),
    });
    const soon = { ...ask(acme, true), deadline: Date.now() + 500 };
    await expect(signIn.capture(soon)).rejects.toMatchObject({
      code: 'prompt-expired',
      details: { sessionId: session.sessionId },
      message: 'Nobody signed in at Acme in time for session reader.',
    });
  });

  it('ends with the work it was for, and leaves no browser behind', async () => {
    const acme = await federation();
    const controller = new AbortController();
    const signIn = acme.signIn({
      rehearse: () => {
        controller.abort(new Error('stopped'));
        return new Promise(() => undefined);
      },
    });
    const working = signIn.capture(ask(acme, true, controller.signal));
    await expect(working).rejects.toThrow('stopped');
    expect(await browserProcesses(acme.folder)).toEqual([]);
    const called = acme.signIn().capture(ask(acme, false, AbortSignal.abort(new Error('over'))));
    await expect(called).rejects.toThrow('over');
  });

  it.each([
    ['aws', 'https://eu-west-1.signin.aws.amazon.com/saml'],
    ['aws-cn', undefined],
    ['aws-us-gov', undefined],
    ['aws-eusc', 'https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml'],
  ] as const)('takes what goes to an endpoint of %s, %s', async (partition, signInUrl) => {
    const acme = await federation({ partition, ...(signInUrl ? { signInUrl } : {}) });
    const response = await acme.signIn().capture(ask(acme, true));
    expect(readSamlAssertion(String(response), session).roles?.[0]?.roleArn).toBe(
      roleArn.replace('arn:aws:', `arn:${partition}:`),
    );
  });

  it('says that the identity provider does not answer', async () => {
    const acme = await federation();
    const port = await refusingPort();
    const idp = { ...acme.idp, url: `http://127.0.0.1:${port}/sso?secret=abc` };
    for (const visible of [true, false]) {
      const trying = acme.signIn({ rehearse: () => new Promise(() => undefined) });
      await expect(trying.capture({ ...ask(acme, visible), idp })).rejects.toMatchObject({
        code: 'cloud-unreachable',
        message:
          `The identity provider Acme at 127.0.0.1:${port} did not answer for session reader ` +
          '(ERR_CONNECTION_REFUSED).',
      });
    }
  });

  it('goes through the proxy it is given, with its password, and names it if it refuses', async () => {
    const acme = await federation();
    const idp = { ...acme.idp, url: acme.idp.url.replace('127.0.0.1', 'idp.corp.example') };
    const { passed, address, close } = await passwordProxy();
    const through = (more: object) =>
      acme
        .signIn({ proxy: () => ({ server: address, bypass: '<-loopback>', ...more }) })
        .capture({ ...ask(acme, true), idp });
    try {
      const response = await through({ username: 'anna', password: 's3cret' });
      expect(readSamlAssertion(String(response), session).roles).toHaveLength(1);
      expect(passed).toContain('idp.corp.example');
      const refused = await through({}).then(
        () => 'none',
        (error: unknown) => (error as Error).message,
      );
      expect(refused).toBe(
        `The identity provider Acme at ${new URL(idp.url).host} cannot be reached for session reader: ` +
          `the proxy at ${address} refused: it wants a name and password (407).`,
      );
    } finally {
      close();
    }
  });

  it('names a proxy that is gone', async () => {
    const acme = await federation();
    const server = `http://127.0.0.1:${await refusingPort()}`;
    const signIn = acme.signIn({ proxy: () => ({ server, bypass: '<-loopback>' }) });
    await expect(signIn.capture(ask(acme, false))).rejects.toMatchObject({
      code: 'cloud-unreachable',
      message: expect.stringContaining(
        `the proxy at ${server} refused or did not answer (ERR_PROXY_CONNECTION_FAILED)`,
      ) as string,
    });
  });

  it('uses one browser at a time for an identity provider', async () => {
    const acme = await federation();
    const signIn = acme.signIn();
    await signIn.capture(ask(acme, true));
    const all = await Promise.all([1, 2, 3].map(() => signIn.capture(ask(acme, false))));
    expect(new Set(all).size).toBe(3);
  });

  it('says that a browser holds the profile', async () => {
    const acme = await federation();
    const opened = Promise.withResolvers<undefined>();
    const controller = new AbortController();
    const holder = acme.signIn({
      rehearse: () => {
        opened.resolve(undefined);
        return new Promise(() => undefined);
      },
    });
    const held = holder.capture(ask(acme, true, controller.signal));
    await opened.promise;
    await expect(acme.signIn().capture(ask(acme, false))).rejects.toMatchObject({
      code: 'browser-unavailable',
      message: 'The browser profile of session reader is in use by another browser.',
    });
    controller.abort(new Error('enough'));
    await expect(held).rejects.toThrow('enough');
  });

  it('says which browser is missing, broken, or has no display', async () => {
    const acme = await federation();
    const problem = async (env: NodeJS.ProcessEnv) => {
      // Nobody plays the person here: a real window is asked for.
      const signIn = createBrowserSignIn({
        folder: join(acme.folder, 'browser'),
        secrets: acme.secrets,
        clock: systemClock,
        env,
      });
      return await signIn.capture(ask(acme, true)).then(
        () => 'none',
        (error: unknown) => (error as Error).message,
      );
    };
    const PATH = String(process.env['PATH']);
    expect(await problem({ PATH })).toBe(
      'The sign-in of session reader at Acme needs a window, and Stint runs without a display.',
    );
    expect(await problem({ PATH, STINT_BROWSER: '/gone' })).toBe(
      'Session reader signs in with a browser, and STINT_BROWSER names /gone, which does not exist.',
    );
    expect(await problem({ PATH, DISPLAY: ':7', STINT_BROWSER: '/bin/false' })).toBe(
      'The browser /bin/false could not be started for session reader.',
    );
  });

  it('opens a window each time for an identity provider without cookies', async () => {
    const acme = await federation({ cookie: 'none' });
    const signIn = acme.signIn();
    await signIn.capture(ask(acme, true));
    expect(await signIn.capture(ask(acme, false))).toBeUndefined();
    await signIn.capture(ask(acme, true));
    expect(acme.seen).toHaveLength(2);
  });
});

/** A port where nobody listens, nor can: it is the near end of a connection that the test holds. */
async function refusingPort(): Promise<number> {
  const accepted = Promise.withResolvers<Socket>();
  const server = createServer(accepted.resolve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const farEnd = await accepted.promise;
  onTestFinished(() => {
    client.destroy();
    farEnd.destroy();
    server.close();
  });
  return client.localPort ?? 0;
}

/** A proxy for plain http that wants `anna:s3cret`, and takes every host for this machine. */
async function passwordProxy() {
  const passed: string[] = [];
  const wanted = `Basic ${Buffer.from('anna:s3cret').toString('base64')}`;
  const proxy = createHttpServer((incoming, outgoing) => {
    if (incoming.headers['proxy-authorization'] !== wanted) {
      outgoing.writeHead(407, { 'proxy-authenticate': 'Basic realm="corp"' }).end();
      return;
    }
    const { hostname, port, pathname, search } = new URL(String(incoming.url));
    passed.push(hostname);
    const onward = forward(
      {
        host: '127.0.0.1',
        port,
        path: `${pathname}${search}`,
        method: incoming.method,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    passed,
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
