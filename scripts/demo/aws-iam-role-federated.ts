import assert from 'node:assert/strict';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const accountId = '447109328810';
const roleArn = `arn:aws:iam::${accountId}:role/partners/Upload`;
const userName = 'eva';
const name = 'partner-upload';

/**
 * A role signed in to at a SAML identity provider. Nobody is there to sign in with a browser, so the
 * response is pasted, as on any machine without one; the tests sign in with a real browser.
 */
export async function showAwsIamRoleFederated(stage: Stage, cloud: AdminClient): Promise<void> {
  const { idpArn, url } = await cloud.createSamlProvider({ name: 'partner', accountId });
  await cloud.createSamlUser({ idpArn, userName, roles: [roleArn] });
  await cloud.createRole({ roleArn, principals: [idpArn] });
  const who = `arn:aws:sts::${accountId}:assumed-role/Upload/${userName}`;

  await stage.step('add the identity provider, and a session that signs in there', async () => {
    await stage.stint(['idp', 'add', '--name', 'partner', '--url', url]);
    await stage.add(name, ['--idp-id', 'partner', '--idp-arn', idpArn, '--role-arn', roleArn]);
  });

  await stage.step('start: the sign-in is asked for, and AWS says it is that role', async () => {
    await stage.stint(['start', name], { expected: 4 });
    await signIn();
    await stage.until(name, ({ status }) => status === 'active');
    assert.equal(await stage.whoAmI(name), who);
  });

  await stage.step(
    'rotate: a sign-in that needs a person is asked for, and no window pops up',
    async () => {
      const before = await stage.show(name);
      await stage.stint(['rotate', name], { expected: 4 });
      assert.equal((await stage.show(name)).status, 'active');
      // "Open the window", which is not possible here; then what was posted in a browser elsewhere.
      await stage.answer('open');
      await signIn();
      await stage.until(name, ({ rotatedAt }) => rotatedAt !== before.rotatedAt);
      assert.equal(await stage.whoAmI(name), who);
    },
  );

  await stage.step('stop: the chain finds nothing, and the file is restored, byte for byte', () =>
    stage.stop(name, name),
  );

  async function signIn(): Promise<void> {
    const response = await cloud.samlResponse({ idpArn, userName });
    await stage.answer(response, (prompt) => prompt.url === url);
  }
}
