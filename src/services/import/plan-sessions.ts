import { numbered, profileNameFor } from '../../models/delivery.ts';
import type { ImportItem, MadeByImport } from '../../models/import.ts';
import { profileText } from '../../models/profile-template.ts';
import {
  sessionSecretsSchema,
  type SessionFields,
  type SessionSecrets,
} from '../../models/session-fields.ts';
import { fieldsOf, isAwsSession, type Session } from '../../models/session.ts';
import { newSession, profilesInUse } from '../sessions/session-record.ts';
import { check, refuse } from '../validation/check.ts';
import { newProfileNameErrors } from '../validation/new-profile-name.ts';
import type { DraftSession } from './draft.ts';
import { keysMark, sessionMark } from './marks.ts';
import { SessionMatches } from './session-matches.ts';
import type { PlanContext } from './plan-context.ts';
import type { PlannedSources } from './plan-sources.ts';
import { refusal } from './refusal.ts';

interface PlannedSessions {
  readonly items: readonly ImportItem[];
  readonly sessions: readonly Session[];
  readonly keys: ReadonlyMap<string, SessionSecrets>;
  readonly made: readonly MadeByImport[];
}

/** In the order of `drafts`, except that a parent comes before its children. */
export function planSessions(
  drafts: readonly DraftSession[],
  sources: PlannedSources,
  context: PlanContext,
): PlannedSessions {
  const planner = new SessionPlanner(drafts, sources, context);
  for (const draft of drafts) planner.plan(draft);
  return planner;
}

class SessionPlanner implements PlannedSessions {
  readonly items: ImportItem[] = [];
  readonly sessions: Session[] = [];
  readonly keys = new Map<string, SessionSecrets>();
  readonly made: MadeByImport[] = [];
  readonly #drafts: ReadonlyMap<string, DraftSession>;
  readonly #sources: PlannedSources;
  readonly #context: PlanContext;
  readonly #matches: SessionMatches;
  readonly #profiles: Set<string>;
  /** The ids of those that were planned, by `ref`; undefined for what cannot be imported. */
  readonly #ids = new Map<string, string | undefined>();

  constructor(drafts: readonly DraftSession[], sources: PlannedSources, context: PlanContext) {
    this.#drafts = new Map(drafts.map((draft) => [draft.ref, draft]));
    this.#sources = sources;
    this.#context = context;
    this.#matches = new SessionMatches(context, drafts);
    this.#profiles = profilesInUse(context.sessions);
  }

  /** Plans `draft`, after its parent, and returns its id. */
  plan(draft: DraftSession): string | undefined {
    const { ref } = draft;
    if (this.#ids.has(ref)) return this.#ids.get(ref);
    // A chain that leads back here finds no parent.
    this.#ids.set(ref, undefined);
    const id = this.#plan(draft);
    this.#ids.set(ref, id);
    return id;
  }

  #plan(draft: DraftSession): string | undefined {
    const { ref, source } = draft;
    const item = {
      kind: 'session' as const,
      name: draft.fields.sessionName,
      source,
      notes: [...(draft.notes ?? [])],
    };
    const cannot = (reason: string) => {
      this.items.push({ ...item, outcome: 'cannot', reason });
    };
    const references = this.#references(draft);
    if (typeof references === 'string') {
      cannot(references);
      return undefined;
    }
    const requested = { ...draft.fields, ...references } as SessionFields;
    const known = this.#matches.take(requested, draft);
    if (known !== undefined) {
      const { sessionId, sessionName } = known;
      const reason = `It is session ${sessionName}.`;
      this.items.push({ ...item, outcome: 'exists', reason, id: sessionId });
      this.#planKeys(draft, known);
      return sessionId;
    }
    const refused = this.#context.refuses?.(requested);
    if (refused !== undefined) {
      cannot(refused);
      return undefined;
    }
    const { fields, notes } = this.#withFreeProfile(requested, draft.sharesProfile === true);
    try {
      const session = this.#newSession(fields);
      this.sessions.push(session);
      if (isAwsSession(session)) this.#profiles.add(session.profileName);
      this.made.push({
        kind: 'session',
        id: session.sessionId,
        name: session.sessionName,
        ref,
        mark: sessionMark(session),
      });
      this.items.push({
        ...item,
        notes: [...item.notes, ...notes],
        outcome: 'create',
        id: session.sessionId,
        fields: { ...fields },
      });
      this.#planKeys(draft, session);
      return session.sessionId;
    } catch (error) {
      cannot(refusal(error));
      return undefined;
    }
  }

  /** The ids that the session's fields need, or why there are none. */
  #references(draft: DraftSession): Readonly<Record<string, string>> | string {
    const { idp, integration, parent } = draft;
    switch (draft.fields.type) {
      case 'awsIamUser':
        return {};
      case 'awsIamRoleFederated':
        return found('idpId', this.#sources.idpIds.get(idp ?? ''), 'Its identity provider');
      case 'awsIamRoleChained': {
        const parentDraft = this.#drafts.get(parent ?? '');
        const id = parentDraft === undefined ? undefined : this.plan(parentDraft);
        const name = parentDraft?.fields.sessionName ?? parent ?? '';
        return found('parentSessionId', id, `Session ${name}, whose credentials it needs,`);
      }
      case 'awsSsoRole':
      case 'azure': {
        const id = this.#sources.integrationIds.get(integration ?? '');
        return found('integrationId', id, 'Its integration');
      }
    }
  }

  /** With a profile name that is valid here and that no other session has. */
  #withFreeProfile(
    fields: SessionFields,
    sharesProfile: boolean,
  ): {
    readonly fields: SessionFields;
    readonly notes: readonly string[];
  } {
    if (fields.type === 'azure' || fields.profileName === undefined) return { fields, notes: [] };
    const { profileName: requested } = fields;
    const isValid = newProfileNameErrors(requested, undefined).length === 0;
    if (isValid && sharesProfile) return { fields, notes: [] };
    const free = isValid
      ? numbered(requested, this.#profiles)
      : profileNameFor(requested, this.#profiles);
    if (free === requested) return { fields, notes: [] };
    const why = isValid ? 'another session has that name' : 'not all AWS tools can read that name';
    return {
      fields: { ...fields, profileName: free },
      notes: [`Its profile becomes ${free} instead of ${requested}: ${why}.`],
    };
  }

  /** Throws Problem 'invalid-request'. */
  #newSession(fields: SessionFields): Session {
    const { now, settings } = this.#context;
    const sessions = this.#all();
    const checked = this.#context.checkSession(fields, { sessions });
    const id = 'integrationId' in fields ? fields.integrationId : undefined;
    const integrations = [...this.#context.integrations, ...this.#sources.integrations];
    const integration = integrations.find((one) => one.integrationId === id);
    const profileName = profileText(settings.profileNameTemplate, checked, integration?.name);
    return newSession(checked, { sessions, now, profileName });
  }

  #planKeys({ keys, source, ref }: DraftSession, session: Session): void {
    if (keys === undefined) return;
    const { sessionId, sessionName: name } = session;
    const { accessKeyIds, withKeys } = this.#context;
    const item = { kind: 'accessKeys' as const, name, source, notes: [], id: sessionId };
    const add = (more: Pick<ImportItem, 'outcome' | 'reason'>) => {
      this.items.push({ ...item, ...more });
    };
    const current = accessKeyIds.get(sessionId);
    const edit = `stint session edit ${sessionId} --access-keys`;
    if (current === keys.accessKeyId) {
      add({ outcome: 'exists', reason: 'They are in the vault.' });
    } else if (current !== undefined) {
      add({
        outcome: 'cannot',
        reason: `Session ${name} has other keys, which stay. To use these: ${edit}`,
      });
    } else if (!withKeys) {
      add({ outcome: 'cannot', reason: 'They go to the vault only with --with-keys.' });
    } else {
      try {
        const { data, errors } = check(sessionSecretsSchema, keys);
        const secrets = data ?? refuse('keys', errors);
        this.#context.checkSession(fieldsOf(session), {
          sessions: this.#all(),
          secrets,
        });
        this.keys.set(sessionId, secrets);
        const mark = keysMark(secrets.accessKeyId);
        this.made.push({ kind: 'accessKeys', id: sessionId, name, ref, mark });
        add({ outcome: 'create', reason: undefined });
      } catch (error) {
        add({ outcome: 'cannot', reason: refusal(error) });
      }
    }
  }

  #all(): readonly Session[] {
    return [...this.#context.sessions, ...this.sessions];
  }
}

function found(field: string, id: string | undefined, what: string) {
  return id === undefined ? `${what} cannot be imported.` : { [field]: id };
}
