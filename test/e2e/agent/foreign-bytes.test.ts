import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from '../cli/computer.ts';

/** A file that has been edited for years, by hand and by many tools. */
const lived = [
  '\ufeff# Kept by hand since 2014. Do not touch!',
  '; the other kind of comment',
  '',
  '[default]',
  'aws_access_key_id=AKIAIOSFODNN7EXAMPLE   ',
  '\taws_secret_access_key\t=\twJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  's3 =',
  '    max_concurrent_requests = 20',
  '    ; a comment in a nested block',
  'x_from_the_future = 007 # not a comment to botocore',
  '',
  '[ spaced name ]',
  'region : eu-west-1',
  '',
  '[default]',
  'duplicate = yes',
  '',
  '[zuletzt] # ümläute and no final newline',
  'aws_access_key_id = AKIAI44QH8DHBEXAMPLE',
];
const files = {
  'with CRLF lines, a BOM and no final newline': lived.join('\r\n'),
  'with LF lines': lived.join('\n') + '\n\n\n',
  'with both kinds of line end': lived.map((line, at) => line + (at % 2 ? '\n' : '\r\n')).join(''),
};

const computer = computerForEachTest();

describe('a credentials file with everything that people and tools leave in it', () => {
  it.each(Object.entries(files))(
    '%s keeps every foreign byte through start, rotate and stop',
    async (_what, text) => {
      const own = Buffer.from(text, 'utf8').toString('latin1');
      await writeFile(computer.scratch.credentialsFile, own, 'latin1');
      await computer.addUser('anna');
      const started = await computer.stint(['start', 'anna']);
      expect(started.code).toBe(0);
      // The AWS CLI cannot read such a file: the start says so, with the lines.
      expect(started.stderr).toMatch(/line 15|lines? .*15/);
      const withOurs = await computer.credentialsFile();
      const ours = /(?:^|\n|\r)(\[anna\][^]*)$/.exec(withOurs)?.[1] ?? '';
      expect(withOurs.startsWith(own.trimEnd().slice(0, -1))).toBe(true);
      expect(ours).toContain('aws_session_token');

      expect((await computer.stint(['rotate', 'anna'])).code).toBe(0);
      const rotated = await computer.credentialsFile();
      expect(rotated).not.toBe(withOurs);
      expect(rotated.startsWith(withOurs.slice(0, withOurs.indexOf('[anna]')))).toBe(true);

      expect((await computer.stint(['stop', 'anna'])).code).toBe(0);
      expect(await computer.credentialsFile()).toBe(own);
    },
  );

  it('a start on one of its profiles refuses and changes nothing until the user agrees', async () => {
    const own = Buffer.from(files['with LF lines'], 'utf8').toString('latin1');
    await writeFile(computer.scratch.credentialsFile, own, 'latin1');
    await computer.addUser('zuletzt');
    const refused = await computer.stint(['start', 'zuletzt']);
    expect(refused.code).toBe(4); // a person has to agree
    expect(refused.stderr).toContain('zuletzt');
    expect(refused.stderr).toContain('--replace-section');
    expect(await computer.credentialsFile()).toBe(own);

    expect((await computer.stint(['start', 'zuletzt', '--replace-section'])).code).toBe(0);
    expect(await computer.credentialsFile()).not.toContain('AKIAI44QH8DHBEXAMPLE');
    expect((await computer.stint(['stop', 'zuletzt'])).code).toBe(0);
    expect(await computer.credentialsFile()).toBe(own);
  });
});
