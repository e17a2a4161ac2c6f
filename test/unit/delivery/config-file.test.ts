import { execFileSync } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fromLatin1 } from '../../../src/services/delivery/aws-credentials/file/latin1.ts';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  headerOf,
  profileInFile,
} from '../../../src/services/delivery/aws-credentials/file/profile-header.ts';
import { shellWords } from '../../../src/services/delivery/aws-credentials/file/shell-words.ts';
import { asBotocore, asJavaScript, hasBotocore } from '../../support/aws-file-readers.ts';
import {
  credentials,
  processLine,
  replacing,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-config-file-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const dev = target('dev', 1, 'config');
const names = ['dev', 'default', 'with space', 'a"b\\c', "o'brien", 'ümläut', 'a.b/c@d+e%f:g'];

describe.runIf(hasBotocore())('a profile in the config file', () => {
  it.each(names)('named %j is one that botocore finds', (name) => {
    const header = headerOf(name, 'config');
    const [seen] = asBotocore(folder, 'config', [`[${header}]\nregion = x\n`]);
    expect(Object.keys(seen ?? {})).toEqual([name]);
    const { sections } = parseAwsFile(`[${header}]\n`, 'config');
    expect(sections[0]?.profiles.map(fromLatin1)).toEqual([name]);
  });

  it('is recognised in every spelling that botocore or the SDK for JavaScript reads', async () => {
    const headers = [
      ...['default', 'profile a', 'profile "a"', "profile 'a'", 'profile\ta', 'profile "a b"'],
      ...['profile a\\b', 'profile a b', 'profile', 'profilex a', 'a', ' default ', 'profile "a'],
      ...['profile a"b"', 'profile ü', 'sso-session a', 'profile  a', 'services a'],
    ].map((header) => Buffer.from(header).toString('latin1'));
    const botocore = asBotocore(
      folder,
      'config',
      headers.map((header) => `[${header}]\nregion = x\n`),
    );
    for (const [nth, header] of headers.entries()) {
      const file = `[${header}]\nregion = x\n`;
      const javaScript = await asJavaScript(folder, 'config', file);
      const found = new Set(
        [botocore[nth], javaScript]
          .flatMap((seen) => Object.keys(seen ?? {}))
          .filter((name) => !/^(sso-session|services)\./.test(name)),
      );
      const [section] = parseAwsFile(file, 'config').sections;
      expect([header, section?.profiles.map(fromLatin1)]).toEqual([header, [...found]]);
    }
  });
});

describe('the words of a header', () => {
  it('are those that Python’s shlex finds', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\t', '"', "'", '\\', '#', 'ü'),
      maxLength: 12,
    });
    const lines = fc.sample(line, { numRuns: 500, seed: 4 });
    const script = `
import json, shlex, sys
def words(line):
    try: return shlex.split(line)
    except ValueError: return None
print(json.dumps([words(line) for line in json.load(sys.stdin)]))`;
    const input = JSON.stringify(lines);
    const expected = JSON.parse(
      execFileSync('python3', ['-X', 'utf8', '-c', script], { input, encoding: 'utf8' }),
    ) as readonly (readonly string[] | null)[];
    expect(lines.map((one) => shellWords(one) ?? null)).toEqual(expected);
  });
});

describe('the section of a session in the config file', () => {
  const mine = '[default]\ns3 =\n  x = 1\n\n; note\n[profile b]\nrole_arn=y';

  it('has the program, is not written again by a rotation, and goes byte for byte', async () => {
    const scratch = await scratchDelivery();
    const { delivery, configFile, journalFile } = scratch;
    await writeFile(configFile, mine);
    await delivery.write(dev, credentials(1), withoutReplacing);
    expect(await readFile(configFile, 'latin1')).toBe(
      `${mine}\n[profile dev]\n# Stint session ${dev.sessionId}: removed when the session stops [line-break]\n` +
        `credential_process = ${processLine(dev.sessionId)}\nregion = eu-west-1\n`,
    );
    const { ino } = await stat(configFile);
    await delivery.write(dev, credentials(2), withoutReplacing);
    expect((await stat(configFile)).ino).toBe(ino);
    expect(await delivery.check(dev, credentials(3))).toBe('intact');
    expect(await readFile(journalFile, 'utf8')).toContain('"kind": "config"');
    expect(await delivery.remove(dev)).toEqual([]);
    expect(await readFile(configFile, 'latin1')).toBe(mine);
    expect(await scratch.bytes()).toBeUndefined();
  });

  it('is recognised by its program where another program dropped the comment', async () => {
    const { delivery, configFile } = await scratchDelivery();
    await delivery.write(dev, credentials(), withoutReplacing);
    const text = await readFile(configFile, 'latin1');
    await writeFile(configFile, text.replace(/^# .*\n/m, ''));
    expect(await delivery.check(dev, credentials())).toBe('altered');
    expect(await delivery.remove(dev)).toEqual([]);
    expect(await readFile(configFile, 'latin1').catch(() => 'gone')).toBe('gone');
  });

  it('may be in the same file as sections with keys', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file } = await scratchDelivery({
      configFile: scratch.file,
      file: scratch.file,
    });
    await writeFile(file, mine);
    await delivery.write(target('dev', 2), credentials(), withoutReplacing);
    await delivery.write(dev, credentials(), withoutReplacing);
    expect(await delivery.check(target('dev', 2), credentials())).toBe('intact');
    await delivery.remove(target('dev', 2));
    expect(await delivery.check(dev, credentials())).toBe('intact');
    await delivery.remove(dev);
    expect(await readFile(file, 'latin1')).toBe(mine);
  });

  it('replaces a profile of the user’s own in either spelling, which comes back', async () => {
    const scratch = await scratchDelivery();
    const { delivery, configFile } = scratch;
    const text = '[default]\nregion = a\n[x]\n[profile "default"]\nregion = b\n';
    await writeFile(configFile, text);
    const one = target('default', 1, 'config');
    await expect(delivery.prepare(one, withoutReplacing)).rejects.toMatchObject({
      code: 'section-occupied',
    });
    await delivery.write(one, credentials(), replacing);
    expect(await readFile(configFile, 'latin1')).not.toContain('region = b');
    expect(await scratch.restarted().sweep(() => false)).toEqual([]);
    expect(await readFile(configFile, 'latin1')).toBe(text);
  });

  it('goes at a sweep also where no journal lists it, but not that of another Stint', async () => {
    const { delivery, configFile } = await scratchDelivery();
    const written = (id: string, line: string) =>
      `[profile ${id}]\n# Stint session ${id}: removed when the session stops\ncredential_process = ${line}\nregion = x\n`;
    const theirs = written('b', '/other/stint credentials b');
    await writeFile(configFile, written('a', processLine('a')) + theirs);
    expect(await delivery.sweep((id) => id === 'a')).toEqual([]);
    expect(await readFile(configFile, 'latin1')).toContain('[profile a]');
    expect(await delivery.sweep(() => false)).toEqual([]);
    expect(await readFile(configFile, 'latin1')).toBe(theirs);
  });

  it('is noted beside those of earlier versions, which named no file kind', async () => {
    const scratch = await scratchDelivery();
    const one = target('dev', 2);
    await scratch.delivery.write(one, credentials(), withoutReplacing);
    expect(await readFile(scratch.journalFile, 'utf8')).not.toContain('kind');
    expect(await scratch.restarted().sweep(() => false)).toEqual([]);
    expect(await scratch.bytes()).toBeUndefined();
  });

  it('needs a name without special characters for the SDK for JavaScript', async () => {
    const { delivery } = await scratchDelivery();
    const codes = async (name: string) =>
      (await delivery.inspect(target(name, 1, 'config'), [])).map(({ code }) => code);
    expect(await codes('dev')).toEqual([]);
    expect(await codes('ümläut')).toEqual(['unreadable-by-sdk-js']);
    expect(profileInFile('DEFAULT', 'config')).toBe('DEFAULT');
  });
});
