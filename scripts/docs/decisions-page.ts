import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * `npm run decisions`: writes docs/decisions/README.md, the index of all decisions.
 */

const folder = join(import.meta.dirname, '..', '..', 'docs', 'decisions');

export interface Decision {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  readonly status: string;
  readonly sections: readonly string[];
}

/** Every numbered page, in order. Throws where one has no title or no status. */
export function readDecisions(): readonly Decision[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const [, number, title] = /^# (\d+)\. (.+)\n/.exec(text) ?? [];
      const [, status] = /^\*\*Status:\*\* (.+)$/m.exec(text) ?? [];
      if (number === undefined || title === undefined || status === undefined) {
        throw new Error(`docs/decisions/${file} lacks its title or status: see template.md`);
      }
      const sections = Array.from(text.matchAll(/^## (.+)$/gm), ([, name]) => name ?? '');
      return { file, number: Number(number), title, status, sections };
    });
}

export function decisionsPage(decisions: readonly Decision[]): string {
  return [
    '# Decisions',
    '',
    '<!-- Made from the pages by `npm run decisions`. -->',
    '',
    'Each decision is one page: why, what else was considered, what follows. To add one, copy',
    '[template.md](template.md), take the next number and run `npm run decisions`. A decision that no longer',
    'holds stays and gets the status “superseded by …”.',
    '',
    '| | decision | status |',
    '|---|---|---|',
    ...decisions.map(
      ({ file, number, title, status }) =>
        `| ${String(number)} | [${title}](${file}) | ${status} |`,
    ),
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(join(folder, 'README.md'), decisionsPage(readDecisions()));
