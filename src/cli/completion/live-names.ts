import { accountText, type Reaching } from '../sessions/account-text.ts';
import type { FixedNames } from './command-tree.ts';
import type { Candidate, Live } from './completions.ts';

/** The JSON that the running owner answers; undefined where it does not. */
export type Get = (path: string) => Promise<unknown>;

/** What the owner answers, as far as it is used. */
type Session = Reaching & {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly status: string;
  readonly region: string;
};

interface List<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

/** What the running owner has under such names. A completion starts no agent and asks nobody. */
export async function liveNames(
  get: Get,
  live: Live,
  fixed: FixedNames,
): Promise<readonly Candidate[]> {
  switch (live) {
    case 'sessions':
    case 'active-sessions': {
      const sessions = await sessionsOf(get, live === 'sessions' ? '' : '&active=true');
      return distinct(
        sessions.map((one) => ({
          name: one.sessionName,
          id: one.sessionId,
          description: [one.status, accountText(one), one.region].filter(Boolean).join(', '),
        })),
      );
    }
    case 'integrations': {
      const items = await itemsOf<{
        readonly name: string;
        readonly integrationId: string;
        readonly status: string;
      }>(get, '/v1/integrations');
      return distinct(
        items.map((one) => ({ name: one.name, id: one.integrationId, description: one.status })),
      );
    }
    case 'identity-providers': {
      const items = await itemsOf<{ readonly name: string; readonly idpId: string }>(
        get,
        '/v1/idps',
      );
      return distinct(items.map((one) => ({ name: one.name, id: one.idpId })));
    }
    case 'prompts': {
      const items = await itemsOf<{ readonly promptId: string; readonly text: string }>(
        get,
        '/v1/prompts',
      );
      return items.map(({ promptId, text }) => ({ value: promptId, description: text }));
    }
    case 'settings':
    case 'deliveries':
    case 'history-kinds':
      return fixed[live].map((value) => ({ value }));
  }
}

async function sessionsOf(get: Get, query: string): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await get(`/v1/sessions?limit=500${query}${next}`)) as List<Session> | undefined;
    sessions.push(...(page?.items ?? []));
    cursor = page?.nextCursor;
  }
  return sessions;
}

async function itemsOf<Item>(get: Get, path: string): Promise<readonly Item[]> {
  return ((await get(path)) as List<Item> | undefined)?.items ?? [];
}

/** By name; by id where several have that name. */
function distinct(
  named: readonly { readonly name: string; readonly id: string; readonly description?: string }[],
): readonly Candidate[] {
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return named.map(({ name, id, description }) =>
    counts.get(name) === 1
      ? { value: name, description }
      : { value: id, description: [name, description].filter(Boolean).join(', ') },
  );
}
