import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scopesTable } from '../../../scripts/docs/scopes-table.ts';
import { ownerSettings } from '../../../src/models/owner-settings.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'scopes.md'), 'utf8');
const tight = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

it('docs/scopes.md has the scopes of each role as the code has them', () => {
  expect(tight(page)).toContain(tight(scopesTable()));
});

it('docs/scopes.md names every setting that only the owner changes', () => {
  for (const name of ownerSettings) expect(page).toContain(`\`${name}\``);
});
