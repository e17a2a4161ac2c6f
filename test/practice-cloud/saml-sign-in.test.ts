import { expect, describe, it } from 'vitest';
import { accountId, practiceForEachTest } from './practice.ts';
import { FormBrowser } from './saml-browser.ts';

const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;

describe('a practice identity provider', () => {
  const practice = practiceForEachTest();

  async function anna(settings: {
    readonly mfa?: boolean;
    readonly cookie?: 'persistent' | 'session' | 'none';
  }) {
    const { admin } = practice;
    const provider = await admin.createSamlProvider({ name: 'acme', accountId, ...settings });
    const user = { idpArn: provider.idpArn, userName: 'anna' };
    const { password, mfaSeed } = await admin.createSamlUser({ ...user, roles: [roleArn] });
    return { ...provider, user, password, mfaSeed };
  }

  it('asks for a password, then sends the response on to AWS', async () => {
    const { url, password, mfaSeed } = await anna({ cookie: 'none' });
    const browser = new FormBrowser();
    const login = await browser.open(`${url}?RelayState=https%3A%2F%2Fconsole%2F%26x`);
    expect(mfaSeed).toBeUndefined();
    expect(login).toEqual({
      url: `${url}?RelayState=https%3A%2F%2Fconsole%2F%26x`,
      status: 200,
      title: 'Sign in to acme',
      complaint: undefined,
      action: url,
      hidden: { RelayState: 'https://console/&#38;x' },
    });
    const wrong = await browser.send(login, { userName: 'anna', password: 'guess' });
    expect(wrong.complaint).toBe('The user name or the password is wrong.');
    const sent = await browser.send(login, { userName: 'anna', password });
    expect(sent.action).toBe('https://signin.aws.amazon.com/saml');
    expect(Object.keys(sent.hidden)).toEqual(['SAMLResponse', 'RelayState']);
    const xml = Buffer.from(String(sent.hidden['SAMLResponse']), 'base64').toString();
    expect(xml).toContain(`${roleArn},arn:aws:iam::${accountId}:saml-provider/acme`);
    expect(browser.lastCookie).toBeUndefined();
    expect((await browser.open(url)).title).toBe('Sign in to acme');
  });

  it('asks for a code where it wants one, and takes each code once', async () => {
    const { url, user, password, mfaSeed } = await anna({ mfa: true, cookie: 'none' });
    expect(mfaSeed).toMatch(/^[A-Z2-7]{64}$/);
    const browser = new FormBrowser();
    const step = await browser.send(await browser.open(url), { userName: 'anna', password });
    expect(step.title).toBe('A code for acme');
    const code = await practice.admin.samlCode(user);
    expect((await browser.send(step, { code: 'abcdef' })).complaint).toContain('wrong');
    expect((await browser.send(step, { code })).title).toBe('Signed in to acme');
    expect((await browser.send(step, { code })).complaint).toBe('That took too long.');
    const again = await browser.send(await browser.open(url), { userName: 'anna', password });
    expect((await browser.send(again, { code })).complaint).toContain('used before');
  });

  it.each(['persistent', 'session'] as const)(
    'knows a browser again by its %s cookie until it is ended',
    async (cookie) => {
      const { url, idpArn, password } = await anna({ cookie });
      const browser = new FormBrowser();
      await browser.send(await browser.open(url), { userName: 'anna', password });
      expect(browser.lastCookie?.includes('Max-Age=43200')).toBe(cookie === 'persistent');
      expect((await browser.open(url)).title).toBe('Signed in to acme');
      expect((await new FormBrowser().open(url)).title).toBe('Sign in to acme');
      await practice.admin.endSamlCookies(idpArn);
      expect((await browser.open(url)).title).toBe('Sign in to acme');
    },
  );

  it('posts to the given endpoint, of the partition or of a region', async () => {
    const { admin } = practice;
    const action = async (settings: object) => {
      const name = `p${Math.random().toString(36).slice(2)}`;
      const { idpArn, url } = await admin.createSamlProvider({ name, accountId, ...settings });
      const { partition = 'aws' } = settings as { partition?: string };
      const roles = [`arn:${partition}:iam::${accountId}:role/reader`];
      const { password } = await admin.createSamlUser({ idpArn, userName: 'anna', roles });
      const browser = new FormBrowser();
      const login = await browser.open(url);
      return (await browser.send(login, { userName: 'anna', password })).action;
    };
    expect(await action({ partition: 'aws-cn' })).toBe('https://signin.amazonaws.cn/saml');
    expect(await action({ partition: 'aws-us-gov' })).toBe(
      'https://signin.amazonaws-us-gov.com/saml',
    );
    const signInUrl = 'https://eu-west-1.signin.aws.amazon.com/saml';
    expect(await action({ signInUrl })).toBe(signInUrl);
    await expect(action({ signInUrl: 'https://signin.aws.amazon.com.evil/saml' })).rejects.toThrow(
      'is not a sign-in endpoint of aws',
    );
    await expect(action({ partition: 'aws-iso' })).rejects.toThrow(
      'is not a sign-in endpoint of aws-iso',
    );
  });

  it('may be registered in several accounts, and offers roles in each of them only', async () => {
    const { admin } = practice;
    const { idpArn, url } = await admin.createSamlProvider({ name: 'acme', accountId });
    const second = await admin.createSamlProvider({ name: 'acme', accountId: '210987654321' });
    expect(second).toEqual({ idpArn: 'arn:aws:iam::210987654321:saml-provider/acme', url });
    await expect(admin.createSamlProvider({ name: 'acme', accountId })).rejects.toThrow(
      'EntityAlreadyExists',
    );
    const roles = [roleArn, 'arn:aws:iam::210987654321:role/deeper'];
    await admin.createSamlUser({ idpArn, userName: 'anna', roles });
    const response = await admin.samlResponse({ idpArn, userName: 'anna' });
    expect(Buffer.from(response, 'base64').toString()).toContain(`${roles[1]},${second.idpArn}`);
    await expect(
      admin.createSamlUser({
        idpArn,
        userName: 'ben',
        roles: ['arn:aws:iam::111122223333:role/x'],
      }),
    ).rejects.toThrow('is not registered in the account');
    await expect(admin.createSamlUser({ idpArn, userName: 'anna', roles })).rejects.toThrow(
      'EntityAlreadyExists',
    );
    await expect(admin.samlCode({ idpArn, userName: 'anna' })).rejects.toThrow('no MFA device');
    await expect(admin.samlCode({ idpArn, userName: 'ben' })).rejects.toThrow('no user ben');
    await expect(admin.endSamlCookies(`${idpArn}x`)).rejects.toThrow('NoSuchEntity');
  });

  it('has no other pages', async () => {
    const { url } = await anna({});
    const browser = new FormBrowser();
    for (const address of [`${url}x`, `${url}/mfa`, `${url}/mfa/x`, new URL('/%ff', url).href]) {
      expect((await browser.open(address)).status).toBe(404);
    }
  });
});
