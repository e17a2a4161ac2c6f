import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { owner, scratchAccess } from './scratch-access.ts';

/** What the signing key signs, changed in one point at a time (RFC 8725). */
async function forge() {
  const scratch = await scratchAccess();
  const access = await scratch.open();
  const { token, tokenId } = await access.issue(owner, { name: 'ci', role: 'operator' });
  const ring = (await scratch.vault.get('access/signing-key')) ?? '';
  const [made] = JSON.parse(ring) as { readonly kid: string; readonly key: string }[];
  const key = Buffer.from(made?.key ?? '', 'base64url');
  const now = Math.floor(scratch.now() / 1000);
  const header = { alg: 'HS256', typ: 'stint+jwt', kid: made?.kid };
  const claims = {
    iss: 'stint',
    aud: 'stint-agent',
    sub: 'ci',
    scope: 'sessions:read',
    role: 'operator',
    iat: now,
    exp: now + 600,
    jti: tokenId,
  };
  const sign = (
    claimChange: Record<string, unknown> = {},
    headerChange: Record<string, unknown> = {},
    signingKey: Uint8Array = key,
  ) =>
    new SignJWT(defined({ ...claims, ...claimChange }))
      .setProtectedHeader(defined({ ...header, ...headerChange }) as { alg: string })
      .sign(signingKey);
  return { access, token, claims, sign, vault: scratch.vault };
}

const defined = (object: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

describe('a token that is not what it says', () => {
  test('the unchanged one is good, so that each refusal below has its one reason', async () => {
    const { access, sign } = await forge();
    expect(await access.verify(await sign())).toMatchObject({ subject: 'ci' });
  });

  test.each([
    ['another issuer', { iss: 'other' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry in the past', { exp: 1_000_000_000 }],
    ['an expiry that is not a number', { exp: 'never' }],
    ['no id', { jti: undefined }],
    ['the id of no issued token', { jti: '6f1c3f52-0c4e-4c0b-9a55-0d5d5a1f0a01' }],
    ['no subject', { sub: undefined }],
    ['no time of issue', { iat: undefined }],
    ['an unknown role', { role: 'root' }],
    ['a time before which it does not count', { nbf: 4_000_000_000 }],
  ])('is refused with %s', async (_what, change) => {
    const { access, sign } = await forge();
    expect(await access.verify(await sign(change))).toBeUndefined();
  });

  test.each<[string, { alg?: string; typ?: string | undefined; kid?: string }]>([
    ['another algorithm of the same family', { alg: 'HS512' }],
    ['another type', { typ: 'JWT' }],
    ['no type', { typ: undefined }],
    ['the key of the owner named', { kid: 'owner' }],
    ['an unknown key named', { kid: '../../etc/passwd' }],
  ])('is refused with %s', async (_what, change) => {
    const { access, sign } = await forge();
    const longKey = Buffer.alloc(64, 1);
    const forged = change.alg ? await sign({}, change, longKey) : await sign({}, change);
    expect(await access.verify(forged)).toBeUndefined();
  });

  test('is refused unsigned', async () => {
    const { access, claims, token } = await forge();
    expect(await access.verify(new UnsecuredJWT(claims).encode())).toBeUndefined();
    const none = Buffer.from('{"alg":"none","typ":"stint+jwt","kid":"client"}').toString(
      'base64url',
    );
    const body = token.split('.')[1] ?? '';
    expect(await access.verify(`${none}.${body}.`)).toBeUndefined();
    expect(await access.verify(`${none}.${body}.AAAA`)).toBeUndefined();
  });

  test('is refused when signed with another key', async () => {
    const { access, sign } = await forge();
    expect(await access.verify(await sign({}, {}, Buffer.alloc(32, 9)))).toBeUndefined();
  });

  test('is refused with any character changed', async () => {
    const { access, token } = await forge();
    for (let at = 0; at < token.length; at += 1) {
      // Of the last character only the upper bits count: another one far away differs in those.
      const changed = token[at] === 'A' ? 'w' : 'A';
      const forged = token.slice(0, at) + changed + token.slice(at + 1);
      expect(await access.verify(forged), `character ${at}`).toBeUndefined();
    }
  });

  test.each(['', '.', '..', '...', 'a.b.c', 'e30.e30.e30', 'Bearer x', '{}', '\u0000'.repeat(100)])(
    'is refused where it is %j',
    async (nonsense) => {
      const { access } = await forge();
      expect(await access.verify(nonsense)).toBeUndefined();
    },
  );

  test('is refused at once while the vault is locked, if its signature is missing or something follows it', async () => {
    const { access, token, vault } = await forge();
    await vault.lock();
    await expect(access.verify(token)).rejects.toMatchObject({ code: 'vault-locked' });
    const [header, claims] = token.split('.');
    for (const unsigned of [`${header}.${claims}`, `${header}.${claims}.`, `${token}.more`]) {
      expect(await access.verify(unsigned)).toBeUndefined();
    }
  });

  test('never gets a scope that does not exist', async () => {
    const { access, sign } = await forge();
    const who = await access.verify(await sign({ scope: 'sessions:read everything:do' }));
    expect(who?.scopes).toEqual(new Set(['sessions:read']));
  });
});
