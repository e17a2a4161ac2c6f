import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasSimpleSaml } from '../../../scripts/test/optional-programs.ts';
import { federatedProvider } from './federated-provider.ts';
import { accountId, federation, roleArn } from './federation.ts';
import { simpleSaml } from './simplesamlphp.ts';

const idpArn = `arn:aws:iam::${accountId}:saml-provider/simplesamlphp`;
const other = roleArn.replace('reader', 'writer');
const user = {
  userName: 'anna',
  password: 'a long password',
  roles: [`${other},${idpArn}`, `${roleArn},${idpArn}`],
};

/** Fills in the form of SimpleSAMLphp, with a wrong password first. */
async function person(page: Page, seen: string[]): Promise<void> {
  for (const password of ['wrong', user.password]) {
    await page.getByLabel('Username').fill(user.userName);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Login' }).click();
    if (password !== 'wrong') return;
    await page.getByText('Incorrect username or password').first().waitFor();
    seen.push(password);
  }
}

describe.runIf(hasSimpleSaml())('an identity provider that nobody here wrote', () => {
  it('signs a person in on its own pages, and the rotation needs nobody', async () => {
    const here = await federation();
    const { url, metadata } = await simpleSaml(user);
    const account = { name: 'simplesamlphp', accountId };
    expect(await here.admin.registerSamlProvider({ ...account, metadata })).toBe(idpArn);
    await here.admin.createRole({ roleArn, principals: [idpArn] });
    const seen: string[] = [];
    const { session, provider, request } = federatedProvider(
      { ...here.idp, name: 'SimpleSAMLphp', url },
      {
        idpArn,
        stsEndpoint: here.cloud.stsEndpoint,
        signIn: here.signIn({ rehearse: (page) => person(page, seen) }),
      },
    );
    const first = await provider.obtain({ ...request, fresh: false, attended: true });
    expect(seen).toEqual(['wrong']);
    expect(provider.unattended(session)).toBe(true);
    const second = await provider.obtain({ ...request, fresh: true });
    expect(second.credentials.accessKeyId).not.toBe(first.credentials.accessKeyId);
    expect(seen).toEqual(['wrong']);
    const calls = await here.admin.calls();
    expect(calls.map(({ action, error }) => [action, error])).toEqual([
      ['AssumeRoleWithSAML', undefined],
      ['AssumeRoleWithSAML', undefined],
    ]);
  });

  it('is refused by STS for a key that IAM does not know', async () => {
    const here = await federation();
    const signing = await simpleSaml(user);
    const { metadata } = await simpleSaml(user);
    await here.admin.registerSamlProvider({ name: 'simplesamlphp', accountId, metadata });
    await here.admin.createRole({ roleArn, principals: [idpArn] });
    const { provider, request } = federatedProvider(
      { ...here.idp, url: signing.url },
      {
        idpArn,
        stsEndpoint: here.cloud.stsEndpoint,
        signIn: here.signIn({ rehearse: (page) => person(page, []) }),
      },
    );
    await expect(
      provider.obtain({ ...request, fresh: false, attended: true }),
    ).rejects.toMatchObject({ code: 'cloud-refused' });
    const [call] = await here.admin.calls();
    expect(call?.error).toBe('InvalidIdentityToken');
  });
});
