import type { z } from 'zod';
import { identityProviderSchema } from '../../models/identity-provider.ts';
import { integrationSchema } from '../../models/integration.ts';
import { isObject } from './merge.ts';
import type { WorkspaceDocument } from './workspace-document.ts';

export interface CollectionChange<T> {
  readonly put?: readonly T[];
  readonly remove?: readonly string[];
}

/** A list beside the sessions: a few entries with an id. */
interface Collection<T> {
  /** The valid entries; the others stay unchanged in the file. */
  read(document: WorkspaceDocument): readonly T[];
  /** Messages for the user about the others. */
  notices(document: WorkspaceDocument): readonly string[];
  /** The part of the document with the change made; keys this version does not know survive. */
  change(
    document: WorkspaceDocument,
    change: CollectionChange<T> | undefined,
  ): Partial<WorkspaceDocument>;
}

function collection<T extends object>(
  key: 'integrations' | 'identityProviders',
  what: string,
  id: keyof T & string,
  variants: readonly z.ZodObject[],
): Collection<T> {
  const known = new Set(variants.flatMap(({ shape }) => Object.keys(shape)));
  const idOf = (raw: unknown) => (isObject(raw) ? raw[id] : undefined);
  const understand = (raw: unknown): T[] => {
    if (!isObject(raw)) return [];
    const fields = Object.fromEntries(Object.entries(raw).filter(([name]) => known.has(name)));
    const parsed = variants.map((variant) => variant.safeParse(fields)).find((one) => one.success);
    return parsed === undefined ? [] : [parsed.data as T];
  };
  return {
    read: (document) => (document[key] ?? []).flatMap(understand),
    notices: (document) =>
      (document[key] ?? [])
        .filter((raw) => understand(raw).length === 0)
        .map((raw) => {
          const name = isObject(raw) && typeof raw['name'] === 'string' ? ` ${raw['name']}` : '';
          return `The ${what}${name} in the workspace is not valid; it is kept and not used.`;
        }),
    change(document, change) {
      if (change === undefined) return {};
      const put = new Map((change.put ?? []).map((one) => [one[id] as unknown, one]));
      const removed = new Set<unknown>(change.remove);
      const kept = (document[key] ?? [])
        .filter((raw) => !removed.has(idOf(raw)))
        .map((raw) => {
          const after = put.get(idOf(raw));
          if (after === undefined || !isObject(raw)) return raw;
          put.delete(idOf(raw));
          const unknown = Object.entries(raw).filter(([name]) => !known.has(name));
          return { ...after, ...Object.fromEntries(unknown) };
        });
      return { [key]: [...kept, ...put.values()] };
    },
  };
}

export const integrations = collection<z.infer<typeof integrationSchema>>(
  'integrations',
  'integration',
  'integrationId',
  integrationSchema.options,
);

export const identityProviders = collection<z.infer<typeof identityProviderSchema>>(
  'identityProviders',
  'identity provider',
  'idpId',
  [identityProviderSchema],
);
