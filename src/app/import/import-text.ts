import type { ImportItem, ImportKind, ImportUndoItem } from '../../models/import.ts';

const kindNames: Readonly<Record<ImportKind, readonly [one: string, many: string]>> = {
  identityProvider: ['identity provider', 'identity providers'],
  integration: ['integration', 'integrations'],
  session: ['session', 'sessions'],
  accessKeys: ['pair of access keys', 'pairs of access keys'],
  setting: ['setting', 'settings'],
  other: ['other thing', 'other things'],
};

/** Such as `14 sessions, 2 integrations`; `nothing` for none. */
export function countText(items: readonly { readonly kind: ImportKind }[]): string {
  const kinds = Object.keys(kindNames) as readonly ImportKind[];
  const parts = kinds.flatMap((kind) => {
    const count = items.filter((item) => item.kind === kind).length;
    const [one, many] = kindNames[kind];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

export function kindName(kind: ImportKind): string {
  const [one] = kindNames[kind];
  return one.charAt(0).toUpperCase() + one.slice(1);
}

/** What becomes of an item; `applied`: it has happened. */
export function outcomeText({ outcome }: Pick<ImportItem, 'outcome'>, applied: boolean): string {
  const texts = {
    create: applied ? 'Added' : 'Will be added',
    exists: 'Already here',
    cannot: 'Stays there',
  };
  return texts[outcome];
}

export function undoText({ outcome }: Pick<ImportUndoItem, 'outcome'>, applied: boolean): string {
  const texts = {
    remove: applied ? 'Removed' : 'Will be removed',
    keep: 'Kept',
    gone: 'Gone already',
  };
  return texts[outcome];
}

/** What a tool's files hold that is not here yet, or why they cannot be read. */
export function foundText({
  answer,
  failure,
}: {
  readonly answer?: { readonly items: readonly Pick<ImportItem, 'kind' | 'outcome'>[] };
  readonly failure?: { readonly text: string };
}): string {
  if (answer === undefined) return failure?.text ?? '';
  const created = answer.items.filter(({ outcome }) => outcome === 'create');
  return created.length === 0 ? 'Everything is here already.' : countText(created);
}
