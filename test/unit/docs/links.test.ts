import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const pages = globSync(
  ['*.md', 'docs/**/*.md', '.github/**/*.md', 'practice-cloud/*.md', 'test/**/*.md'],
  { cwd: root },
).toSorted();

/** A page's headings as GitHub makes anchors of them. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
  return new Set(
    Array.from(headings, ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(' ', '-')
        .replaceAll(/[^\p{L}\p{N}_-]/gu, ''),
    ),
  );
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```.*?^```/gms, '').replaceAll(/<!--.*?-->/gs, '');
}

function brokenLinks(page: string): readonly string[] {
  const file = join(root, page);
  const links = withoutBlocks(readFileSync(file, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g);
  return Array.from(links, ([, link = '']) => link).filter((link) => {
    if (/^[a-z]+:/.test(link) || page.endsWith('template.md')) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(target).has(anchor);
  });
}

/** Names such as `src/api/app.ts`, from the root or the page's folder; with `NAME` they are not files. */
function missingFiles(page: string): readonly string[] {
  const named = withoutBlocks(readFileSync(join(root, page), 'utf8')).matchAll(
    /`((?:bin|docs|electron|practice-cloud|scripts|src|test|tsconfig|\.github)\/[\w./-]+)`/g,
  );
  return Array.from(named, ([, path = '']) => path).filter(
    (path) =>
      !path.includes('NAME') &&
      !existsSync(join(root, path)) &&
      !existsSync(join(root, dirname(page), path)),
  );
}

describe.each(pages)('%s', (page) => {
  it('links to nothing that is missing', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('names no file that is missing', () => {
    expect(missingFiles(page)).toEqual([]);
  });
});
