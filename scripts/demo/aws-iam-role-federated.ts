import assert from 'node:assert/strict';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const accountId = '447109328810';
const roleArn = `arn:aws:iam::${accountId}:role/partners/Upload`;
const userName = 'eva';

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
    const idpId = (await stage.stint(['idp', 'add', '--name', 'partner', '--url', url])).trim();
    await stage.add({ sessionName: 'upload', idpId, idpArn, roleArn });
  });

  await stage.step('start: the sign-in is asked for, and AWS says it is that role', async () => {
    await stage.stint(['start', 'upload'], { expected: 4 });
    await signIn();
    await stage.until('upload', ({ status }) => status === 'active');
    assert.equal(await stage.whoAmI('upload'), who);
  });

  await stage.step(
    'rotate: a sign-in that needs a person is asked for, and no window pops up',
    async () => {
      const before = await stage.show('upload');
      await stage.stint(['rotate', 'upload'], { expected: 4 });
      assert.equal((await stage.show('upload')).status, 'active');
      // "Open the window", which cannot be had here; then what was posted in a browser elsewhere.
      const { promptId } = await stage.asked();
      await stage.stint(['prompt', 'answer', promptId], { input: 'open\n' });
      await signIn();
      await stage.until('upload', ({ rotatedAt }) => rotatedAt !== before.rotatedAt);
      assert.equal(await stage.whoAmI('upload'), who);
    },
  );

  await stage.step('stop: the chain finds nothing, and the file is as it was, byte for byte', () =>
    stage.stop('upload', 'upload'),
  );

  async function signIn(): Promise<void> {
    const { promptId } = await stage.asked(({ url: shown }) => shown === url);
    const response = await cloud.samlResponse({ idpArn, userName });
    await stage.stint(['prompt', 'answer', promptId], { input: `${response}\n` });
  }
}
