import type { ImportKind } from '../../models/import.ts';

const nouns: Readonly<Record<ImportKind, readonly [one: string, many: string]>> = {
  identityProvider: ['identity provider', 'identity providers'],
  integration: ['integration', 'integrations'],
  session: ['session', 'sessions'],
  accessKeys: ['pair of access keys', 'pairs of access keys'],
  setting: ['setting', 'settings'],
  other: ['other thing', 'other things'],
};

/** Such as "1 integration, 12 sessions". */
export function summary(things: readonly { readonly kind: ImportKind }[]): string {
  return Object.entries(nouns)
    .map(([kind, [one, many]]) => {
      const count = things.filter((thing) => thing.kind === kind).length;
      return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
    })
    .filter((part) => part !== '')
    .join(', ');
}
