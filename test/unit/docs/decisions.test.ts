import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decisionsPage, readDecisions } from '../../../scripts/docs/decisions-page.ts';

const index = join(import.meta.dirname, '..', '..', '..', 'docs', 'decisions', 'README.md');
const decisions = readDecisions();

describe('the decisions', () => {
  it('are all in the index (else run: npm run decisions)', () => {
    expect(readFileSync(index, 'utf8')).toBe(decisionsPage(decisions));
  });

  it('are numbered without a gap, as their files are', () => {
    expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, at) => at + 1));
    expect(decisions.map(({ file }) => Number(file.slice(0, 4)))).toEqual(
      decisions.map(({ number }) => number),
    );
  });

  it.each(decisions.map((one) => [one.file, one] as const))(
    '%s has the sections and a status of the template',
    (_, { sections, status }) => {
      expect(sections).toEqual(['Context', 'Options', 'Decision', 'Consequences']);
      expect(status).toMatch(/^(proposed|accepted|superseded by \[\d+\]\(\d{4}-.+\.md\))$/);
    },
  );
});
