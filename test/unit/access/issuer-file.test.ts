import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readIssuerFile } from '../../../src/services/access/issuer/issuer-file.ts';

const usual = {
  issuer: 'https://login.example.com/realms/dev',
  audience: 'stint',
  claim: 'groups',
  roles: [{ value: 'platform', role: 'operator' }],
};

async function fileWith(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-issuer-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'issuer.json');
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(file, text, { mode: 0o600 });
  return file;
}

describe('the file of the trusted issuer', () => {
  test('trusts nobody where there is none', async () => {
    const file = await fileWith(usual);
    await rm(file);
    expect(await readIssuerFile(file)).toBeUndefined();
  });

  test('needs issuer, audience, claim and roles, and has a usual value for the rest', async () => {
    expect(await readIssuerFile(await fileWith(usual))).toMatchObject({
      ...usual,
      tokenType: 'at+jwt',
      clockToleranceSeconds: 30,
    });
  });

  test.each<[content: unknown, words: string]>([
    ['{', 'it is not JSON'],
    [`"${'x'.repeat(70_000)}"`, 'more than 64 KiB'],
    [{ ...usual, audience: undefined }, 'audience is required'],
    [{ ...usual, issuer: 'http://login.example.com' }, 'issuer must be an https URL'],
    [{ ...usual, algorithms: ['none'] }, 'algorithms.0'],
    [{ ...usual, algorithms: ['HS256'] }, 'algorithms.0'],
    [{ ...usual, clockToleranceSeconds: 600 }, 'clockToleranceSeconds'],
    [{ ...usual, roles: [] }, 'roles'],
    [{ ...usual, roles: [{ value: 'a', role: 'window' }] }, 'roles.0'],
    [{ ...usual, roles: [{ value: 'a', role: 'credentials' }] }, 'roles.0.sessionId is required'],
    [{ ...usual, colour: 'red' }, 'colour is not a known field'],
  ])('is refused in words: %j', async (content, words) => {
    await expect(readIssuerFile(await fileWith(content))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(words) as string,
    });
  });

  test.skipIf(process.platform === 'win32')('is refused where others can write it', async () => {
    const file = await fileWith(usual);
    await chmod(file, 0o666);
    await expect(readIssuerFile(file)).rejects.toMatchObject({
      message: expect.stringContaining('others can write it (mode 666)') as string,
      details: { next: `Run: chmod 600 ${file}` },
    });
  });

  test.runIf(process.getuid?.() === 0)('is refused where it belongs to another user', async () => {
    const file = await fileWith(usual);
    await chown(file, 12_345, 12_345);
    await expect(readIssuerFile(file)).rejects.toMatchObject({
      message: expect.stringContaining('it belongs to another user') as string,
      details: { next: `Make it yours: chown 0 ${file}` },
    });
  });
});
