import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { manPage } from '../../../scripts/package/man-page.ts';

const page = manPage('1.2.3');

it('is made from the help of every command', () => {
  expect(page).toMatch(/^\.TH STINT 1 "" "Stint 1\.2\.3" "User Commands"\n/);
  expect(page).toContain(String.raw`.SS stint session add awsIamUser [options]`);
  expect(page).toContain(String.raw`.B \-\-json`);
  expect(page).toContain(String.raw`  stint exec payments \-\- aws s3 ls`);
  expect(page).toContain('Exit codes: 0 success');
});

it('has no line that groff would take for a request by mistake', () => {
  const requests = page.split('\n').filter((line) => /^[.']/.test(line));
  const known = /^\.(TH|SH|SS|TP|B|PP|nf|fi)\b/;
  expect(requests.filter((line) => !known.test(line))).toEqual([]);
});

it.runIf(spawnSync('groff', ['--version']).status === 0)('is set without a warning', () => {
  const { status, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z'], {
    input: page,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
