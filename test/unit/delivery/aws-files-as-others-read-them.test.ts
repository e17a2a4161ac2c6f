import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configWithOwnProfile } from '../../../src/cli/lease/aws-config.ts';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import { hasBotocore } from '../../support/aws-file-readers.ts';
import {
  harm,
  settingsLost,
  viewsOfCopies,
  viewsOfDeliveries,
  type Views,
} from '../../support/aws-files-unharmed.ts';
import { randomAwsFile } from '../../support/random-aws-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-aws-readers-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const copy = (config: string) =>
  configWithOwnProfile({ sessionName: 'pay', region: 'eu-west-1', config, credentials: '' });

const ownSection = (config: string) => {
  const made = copy(latin1(config));
  return made.config.slice(made.config.lastIndexOf(`[profile ${made.profile}]`)).split('\n');
};

/** `npm run fuzz -- --target aws-file-readers` tries as many as there is time for. */
const files = fc.sample(randomAwsFile, { numRuns: 300, seed: 10 });

const wrong = (views: readonly Views[], check: (view: Views) => string) =>
  views.flatMap((view) => {
    const what = check(view);
    return what === '' ? [] : [{ reader: view.reader, what, file: view.file }];
  });

describe.runIf(hasBotocore())('AWS files as botocore and the SDK for JavaScript read them', () => {
  it('the copy for a program has every profile as before, and its own with the settings of [default]', async () => {
    const views = await viewsOfCopies(folder, files);
    expect(wrong(views, harm).slice(0, 3)).toEqual([]);
    const botocore = views.filter(({ reader }) => reader === 'botocore');
    expect(botocore.filter(({ before }) => before !== undefined).length).toBeGreaterThan(50);
    expect(wrong(botocore, settingsLost).slice(0, 3)).toEqual([]);
  });

  it.each(['credentials', 'config'] as const)(
    'the %s file has every section as before, and the session’s',
    async (kind) => {
      const views = await viewsOfDeliveries(folder, files, kind);
      expect(views.length).toBeGreaterThan(50);
      expect(wrong(views, harm).slice(0, 3)).toEqual([]);
    },
  );
});

describe('the copy of the config file', () => {
  it('has the settings of an indented [default], flush left', () => {
    expect(
      ownSection(
        '  [default]\n    ca_bundle = /corp.pem\n    s3 =\n      use = x\n    output = json\n',
      ),
    ).toEqual([
      '[profile stint-pay]',
      'region = eu-west-1',
      'ca_bundle = /corp.pem',
      's3 =',
      '  use = x',
      'output = json',
      '',
    ]);
  });

  it('has no setting twice with [default] and [profile default]', () => {
    expect(ownSection('[default]\noutput = json\n[profile default]\noutput = text\n')).toEqual([
      '[profile stint-pay]',
      'region = eu-west-1',
      'output = text',
      '',
    ]);
  });

  it('reads a header with a note behind it, and takes none of [ default ]', () => {
    expect(ownSection('[default] /* mine */\noutput = json\n')).toContain('output = json');
    expect(ownSection('[ default ]\noutput = json\n')).not.toContain('output = json');
  });

  it('takes no line that only JavaScript reads as a way to credentials', () => {
    expect(ownSection('[default]\noutput = json\n  role_arn = x\n')).toEqual([
      '[profile stint-pay]',
      'region = eu-west-1',
      '',
    ]);
  });

  it('names a profile that no reader finds in the file already', () => {
    expect(copy(latin1('\u00a0[profile stint-pay]\nx = 1\n')).profile).toBe('stint-pay-2');
  });
});

describe('a header behind a Unicode blank', () => {
  it.each(['\u00a0', '\u3000', '\u2003', '\u0085', '\u001c', '\ufeff'])(
    '%j is the user’s section',
    (blank) => {
      const { sections } = parseAwsFile(latin1(`[work]\n${blank}[p3]${blank}\n`), 'credentials');
      expect(sections.map(({ names }) => names)).toEqual([['work'], ['p3']]);
    },
  );

  it('begins the file', () => {
    expect(parseAwsFile(latin1('\u00a0[work]\nx = 1\n'), 'credentials').sections).toHaveLength(1);
  });
});
