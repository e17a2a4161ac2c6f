import { v4 as uuid } from 'uuid';
import {
  identityProviderFieldsSchema,
  type IdentityProvider,
  type IdentityProviderFields,
} from '../../models/identity-provider.ts';
import type { ImportItem, ImportKind, MadeByImport } from '../../models/import.ts';
import type { Integration, IntegrationFields } from '../../models/integration.ts';
import { checked } from '../integrations/integration-fields.ts';
import { check, refuse } from '../validation/check.ts';
import type { Draft, DraftThing } from './draft.ts';
import { identityProviderMark, integrationMark } from './marks.ts';
import { isSameIdentityProvider, isSameIntegration } from './matching.ts';
import type { PlanContext } from './plan-context.ts';
import { refusal } from './refusal.ts';

/** Where sessions come from: what would be added, and the id of each thing of the draft. */
export interface PlannedSources {
  readonly items: readonly ImportItem[];
  readonly identityProviders: readonly IdentityProvider[];
  readonly integrations: readonly Integration[];
  readonly made: readonly MadeByImport[];
  /** By `ref`; missing for what cannot be imported. */
  readonly idpIds: ReadonlyMap<string, string>;
  readonly integrationIds: ReadonlyMap<string, string>;
}

export function planSources(draft: Draft, context: PlanContext): PlannedSources {
  const idps = planThings<IdentityProviderFields, IdentityProvider>(draft.identityProviders, {
    kind: 'identityProvider',
    existing: context.identityProviders,
    isSame: isSameIdentityProvider,
    make(fields) {
      const { data, errors } = check(identityProviderFieldsSchema, fields);
      return { idpId: uuid(), ...(data ?? refuse('identity provider', errors)) };
    },
    idOf: ({ idpId }) => idpId,
    markOf: identityProviderMark,
  });
  const integrations = planThings<IntegrationFields, Integration>(draft.integrations, {
    kind: 'integration',
    existing: context.integrations,
    isSame: isSameIntegration,
    make: (fields) => ({
      ...checked(fields, { settings: context.settings }),
      integrationId: uuid(),
      status: 'logged-out',
    }),
    idOf: ({ integrationId }) => integrationId,
    markOf: integrationMark,
  });
  return {
    items: [...idps.items, ...integrations.items],
    identityProviders: idps.add,
    integrations: integrations.add,
    made: [...idps.made, ...integrations.made],
    idpIds: idps.ids,
    integrationIds: integrations.ids,
  };
}

interface Rules<F, T> {
  readonly kind: ImportKind;
  readonly existing: readonly T[];
  readonly isSame: (fields: F, existing: T) => boolean;
  /** Throws Problem 'invalid-request'. */
  readonly make: (fields: F) => T;
  readonly idOf: (thing: T) => string;
  readonly markOf: (thing: T) => string;
}

function planThings<F extends { readonly name: string }, T extends { readonly name: string }>(
  drafts: readonly DraftThing<F>[] = [],
  { kind, existing, isSame, make, idOf, markOf }: Rules<F, T>,
) {
  const items: ImportItem[] = [];
  const add: T[] = [];
  const made: MadeByImport[] = [];
  const ids = new Map<string, string>();
  for (const { ref, source, fields, notes = [] } of drafts) {
    const { name } = fields;
    const item = { kind, name, source, notes: [...notes] };
    const known = existing.find((one) => isSame(fields, one));
    const twin = add.find((one) => isSame(fields, one));
    const same = known ?? twin;
    if (same !== undefined) {
      ids.set(ref, idOf(same));
      const reason =
        known === undefined
          ? `It is the same as ${same.name}, which this import makes.`
          : `It is ${same.name} here.`;
      items.push({ ...item, outcome: 'exists', reason, id: idOf(same) });
      continue;
    }
    try {
      const thing = make(fields);
      add.push(thing);
      ids.set(ref, idOf(thing));
      made.push({ kind, id: idOf(thing), name, mark: markOf(thing) });
      items.push({ ...item, outcome: 'create', id: idOf(thing), fields: { ...fields } });
    } catch (error) {
      items.push({ ...item, outcome: 'cannot', reason: refusal(error) });
    }
  }
  return { items, add, made, ids };
}
