import type { ImportAnswer, ImportKind } from '../../src/models/import.ts';

export interface ImportQuestion {
  readonly message: string;
  readonly detail: string;
}

const most = 12;
const kinds: Partial<Record<ImportKind, readonly [string, string]>> = {
  session: ['session', 'sessions'],
  integration: ['integration', 'integrations'],
  identityProvider: ['identity provider', 'identity providers'],
  setting: ['setting', 'settings'],
};

/** What a person is asked before an export is imported, from the dry run; undefined if it adds nothing. */
export function importQuestion(
  { items, notes }: Pick<ImportAnswer, 'items' | 'notes'>,
  fileName: string,
): ImportQuestion | undefined {
  const made = items.filter(({ outcome }) => outcome === 'create');
  if (made.length === 0) return undefined;
  const counts = Object.entries(kinds).flatMap(([kind, [one, many]]) => {
    const count = made.filter((item) => item.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const names = made.slice(0, most).map(({ name }) => name);
  const more = made.length - names.length;
  return {
    message: `Import ${counts.join(', ') || made.length} from ${fileName}?`,
    detail: [...names, ...(more > 0 ? [`and ${more} more`] : []), ...notes].join('\n'),
  };
}
