import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { ImportItem, MadeByImport } from '../../models/import.ts';
import type { Integration } from '../../models/integration.ts';
import type { SessionSecrets } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import { settingsSchema, type Settings } from '../../models/settings.ts';
import type { Draft, DraftSetting } from './draft.ts';
import type { PlanContext } from './plan-context.ts';
import { planSessions } from './plan-sessions.ts';
import { planSources } from './plan-sources.ts';

/** What an import would make, and every thing that the files name. */
export interface Plan {
  readonly items: readonly ImportItem[];
  readonly identityProviders: readonly IdentityProvider[];
  readonly integrations: readonly Integration[];
  readonly sessions: readonly Session[];
  /** For the vault, by session id. */
  readonly keys: ReadonlyMap<string, SessionSecrets>;
  readonly settings: Partial<Settings>;
  /** For the record of the import. */
  readonly made: readonly MadeByImport[];
}

/** Compares what the files say with what there is. Asks nobody and changes nothing. */
export function planImport(draft: Draft, context: PlanContext): Plan {
  const sources = planSources(draft, context);
  const sessions = planSessions(draft.sessions ?? [], sources, context);
  const settings = (draft.settings ?? []).map((one) => planSetting(one, context.settings));
  const newSettings = settings.filter(({ item }) => item.outcome === 'create');
  return {
    items: [
      ...sources.items,
      ...sessions.items,
      ...settings.map(({ item }) => item),
      ...(draft.skipped ?? []).map((one): ImportItem => ({
        ...one,
        outcome: 'cannot',
        notes: [],
      })),
    ],
    identityProviders: sources.identityProviders,
    integrations: sources.integrations,
    sessions: sessions.sessions,
    keys: sessions.keys,
    settings: Object.fromEntries(newSettings.map(({ made }) => [made.id, made.mark])),
    made: [...sources.made, ...sessions.made, ...newSettings.map(({ made }) => made)],
  };
}

function planSetting({ name, value, source }: DraftSetting, settings: Settings) {
  const before = settings[name];
  const usual = settingsSchema.shape[name].parse(undefined);
  const item: ImportItem = {
    kind: 'setting',
    name,
    source,
    id: name,
    fields: { [name]: value },
    notes: [],
    ...(before === value
      ? { outcome: 'exists', reason: `It is ${value} already.` }
      : before === usual
        ? { outcome: 'create', reason: `It is ${before} now.` }
        : { outcome: 'cannot', reason: `You have set it to ${before} here, which stays.` }),
  };
  const made: MadeByImport = { kind: 'setting', id: name, name, mark: value, before };
  return { item, made };
}
