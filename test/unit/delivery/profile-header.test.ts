import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { toLatin1 } from '../../../src/services/delivery/aws-credentials/file/latin1.ts';
import {
  headerOf,
  profilesOf,
  readableByJavaScript,
} from '../../../src/services/delivery/aws-credentials/file/profile-header.ts';
import { asJavaScript } from '../../support/aws-file-readers.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-profile-header-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The names that the SDK for JavaScript finds in such a file. `header`: in latin1. */
async function inJavaScript(kind: 'config' | 'credentials', header: string): Promise<string[]> {
  return Object.keys((await asJavaScript(folder, kind, `[${header}]\nregion = x\n`)) ?? {});
}

describe('the header of a profile', () => {
  it.each([
    ['credentials', 'dev', 'dev'],
    ['credentials', 'default', 'default'],
    ['credentials', 'with space', 'with space'],
    ['credentials', 'ü', '\xc3\xbc'],
    ['config', 'default', 'default'],
    ['config', 'DEFAULT', 'profile DEFAULT'],
    ['config', 'a.b/c@d+e%f:g', 'profile a.b/c@d+e%f:g'],
    ['config', 'with space', 'profile "with space"'],
    ['config', 'a"b\\c', String.raw`profile "a\"b\\c"`],
  ] as const)('in the %s file, of %j, is [%s]', (kind, name, header) => {
    expect(headerOf(name, kind)).toBe(header);
  });

  it.each([
    ['credentials', '', 'is empty or too long'],
    ['credentials', 'x'.repeat(129), 'is empty or too long'],
    ['credentials', 'a]b', 'has brackets'],
    ['config', 'a\nb', 'control characters'],
    ['credentials', ' dev', 'a space at its beginning or end'],
    ['config', 'dev ', 'a space at its beginning or end'],
    ['credentials', 'DEFAULT', 'every other profile in botocore'],
    ['config', 'constructor', 'not readable by the AWS SDK for JavaScript'],
    ['credentials', '__proto__', 'not readable by the AWS SDK for JavaScript'],
  ] as const)('in the %s file, of %j, is refused: %s', (kind, name, why) => {
    try {
      headerOf(name, kind);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { detail, errors } = error.details;
      expect(error.code).toBe('invalid-request');
      expect(detail).toContain(`The profile name ${JSON.stringify(name)} `);
      expect(detail).toContain(why);
      expect(errors?.map(({ field }) => field)).toEqual(['profileName']);
      expect(errors?.[0]?.message).toContain(why);
    }
  });
});

describe('the profile that a header of the config file means', () => {
  it.each([
    ['default', ['default']],
    ['profile dev', ['dev']],
    ['profile "with space"', ['with space']],
    ['profile', []],
    ['profile a b', []],
    ['profile "dev', []],
    ['my profile dev', []],
    ['sso-session dev', []],
  ])('[%s] means %j', (header, profiles) => {
    expect(profilesOf([header], 'config')).toEqual(profiles);
  });

  // botocore takes none of these for a blank, so that the header has one word.
  it.each(['\v', '\f', '\u00a0', '\u2003', '\u3000', '\ufeff'])(
    'is read by JavaScript behind the blank %j too',
    async (blank) => {
      for (const name of ['dev', '"dev"', "'dev'"]) {
        const header = toLatin1(`profile${blank}${name}`);
        expect(await inJavaScript('config', header)).toEqual(['dev']);
        expect(profilesOf([header], 'config')).toEqual(['dev']);
      }
    },
  );

  it('is not read by JavaScript behind half a blank', () => {
    expect(profilesOf(['profile\xa0dev'], 'config')).toEqual([]);
  });

  it('is the whole name in the credentials file', () => {
    expect(profilesOf(['profile dev'], 'credentials')).toEqual(['profile dev']);
  });
});

describe('a profile name that the SDK for JavaScript can read', () => {
  it.each([
    ['config', 'dev', true],
    ['config', 'a.b/c@d+e%f:g', true],
    ['config', 'with space', false],
    ['config', 'ü', false],
    ['credentials', 'dev', true],
    ['credentials', 'ü', true],
    ['credentials', 'my dev', false],
    ['credentials', 'my "dev"', false],
    ['credentials', "my 'dev'", false],
    ['credentials', 'my-team a.b/c', false],
    ['credentials', 'ü dev', true],
    ['credentials', 'my ü', true],
    ['credentials', 'my own dev', true],
    ['credentials', 'dev;1', true],
    ['credentials', 'dev#1', true],
    ['credentials', 'dev ;1', false],
    ['credentials', 'dev #1', false],
  ] as const)('in the %s file: %j, %s', async (kind, name, isReadable) => {
    expect(readableByJavaScript(name, kind)).toBe(isReadable);
    expect((await inJavaScript(kind, headerOf(name, kind))).includes(name)).toBe(isReadable);
  });
});
