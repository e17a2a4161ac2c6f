import type { ExportAnswer } from '../../models/export.ts';
import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { Integration } from '../../models/integration.ts';
import { fieldsOf, type Session } from '../../models/session.ts';
import { blockText, fileText, sorted, type Block } from './export-text.ts';
import { Referable } from './referable.ts';

interface SetUp {
  readonly sessions: readonly Session[];
  readonly integrations: readonly Integration[];
  readonly identityProviders: readonly IdentityProvider[];
}

/**
 * The set-up as text that is the same for the same set-up, whatever machine it is on: sorted, with names in
 * place of ids. `label`: only sessions that have it, and what they need.
 */
export function exportSetUp(
  setUp: SetUp,
  { label }: { readonly label?: string | undefined } = {},
): ExportAnswer {
  const { left, skipped } = exportable(setUp);
  const wanted = label === undefined ? left : withParents(label, left);
  const needed = new Set(wanted.flatMap(sourceIdsOf));
  const isNeeded = (id: string) => label === undefined || needed.has(id);
  const integrations = setUp.integrations.filter(({ integrationId }) => isNeeded(integrationId));
  const providers = setUp.identityProviders.filter(({ idpId }) => isNeeded(idpId));

  const integrationRefs = new Referable(
    integrations.map((one) => ({ id: one.integrationId, block: integrationBlock(one) })),
  );
  const idpRefs = new Referable(
    providers.map(({ idpId, name, url }) => ({ id: idpId, block: { name, url } })),
  );
  const blocks = new Map<string, Block>();
  const byId = new Map(wanted.map((session) => [session.sessionId, session]));
  /** Until names are given, the parent's whole block identifies it: names depend on the order. */
  const sessionBlock = (session: Session): Block => {
    const known = blocks.get(session.sessionId);
    if (known !== undefined) return known;
    const { integration, idp, parent } = references(session);
    const parentSession = parent === undefined ? undefined : byId.get(parent);
    const block = {
      ...ownFields(session),
      ...(integration === undefined ? {} : { integration: integrationRefs.refOf(integration) }),
      ...(idp === undefined ? {} : { idp: idpRefs.refOf(idp) }),
      ...(parentSession === undefined ? {} : { parent: blockText(sessionBlock(parentSession)) }),
    };
    blocks.set(session.sessionId, block);
    return block;
  };
  const sessionRefs = new Referable(
    wanted.map((session) => ({ id: session.sessionId, block: sessionBlock(session) })),
  );
  for (const session of wanted) {
    const { parent } = references(session);
    if (parent === undefined) continue;
    const block = sessionBlock(session);
    blocks.set(session.sessionId, { ...block, parent: sessionRefs.refOf(parent) });
  }
  return {
    content: fileText({
      integrations: integrationRefs.blocks(),
      identityProviders: idpRefs.blocks(),
      sessions: sessionRefs.blocks((id, block) => blocks.get(id) ?? block),
    }),
    sessions: wanted.length,
    skipped,
  };
}

/** Those that can be made again from the file. */
function exportable({ sessions, integrations, identityProviders }: SetUp) {
  const sources = new Set([
    ...integrations.map(({ integrationId }) => integrationId),
    ...identityProviders.map(({ idpId }) => idpId),
  ]);
  const skipped: ExportAnswer['skipped'] = [];
  const why = new Map<string, string>();
  for (const session of sessions) {
    const reason = refusal(session, sources);
    if (reason !== undefined) why.set(session.sessionId, reason);
  }
  const byId = new Map(sessions.map((session) => [session.sessionId, session]));
  const left = sessions.filter((session) => {
    let one: Session | undefined = session;
    const seen = new Set<string>();
    while (one !== undefined && !seen.has(one.sessionId)) {
      seen.add(one.sessionId);
      const reason = why.get(one.sessionId);
      const { parent } = references(one);
      const isOrphan = parent !== undefined && !byId.has(parent);
      if (reason !== undefined || isOrphan) {
        const { sessionId, sessionName } = session;
        const own = reason ?? 'The session it takes its credentials from was removed.';
        skipped.push({
          sessionId,
          sessionName,
          reason: one === session ? own : `It needs ${one.sessionName}. ${own}`,
        });
        return false;
      }
      one = parent === undefined ? undefined : byId.get(parent);
    }
    return true;
  });
  return { left, skipped };
}

function refusal(session: Session, sources: ReadonlySet<string>): string | undefined {
  if (session.archivedAt !== undefined) return 'It is archived.';
  if (session.vanishedAt !== undefined) return 'Its integration no longer offers it.';
  return sourceIdsOf(session).every((id) => sources.has(id))
    ? undefined
    : 'Its integration or identity provider was removed.';
}

function withParents(label: string, sessions: readonly Session[]): readonly Session[] {
  const byId = new Map(sessions.map((session) => [session.sessionId, session]));
  const wanted = new Set<Session>();
  const add = (session: Session | undefined) => {
    if (session === undefined || wanted.has(session)) return;
    wanted.add(session);
    add(byId.get(references(session).parent ?? ''));
  };
  for (const session of sessions) if (session.labels?.includes(label) === true) add(session);
  return [...wanted];
}

function references(session: Session): {
  readonly integration?: string;
  readonly idp?: string;
  readonly parent?: string;
} {
  switch (session.type) {
    case 'awsIamUser':
      return {};
    case 'awsIamRoleFederated':
      return { idp: session.idpId };
    case 'awsIamRoleChained':
      return { parent: session.parentSessionId };
    case 'awsSsoRole':
    case 'azure':
      return { integration: session.integrationId };
  }
}

function sourceIdsOf(session: Session): readonly string[] {
  const { integration, idp } = references(session);
  return [integration, idp].filter((id) => id !== undefined);
}

/**
 * Not in the file: ids of this machine, what names a person's mailbox, what a person pins or hides, and `mfaCommand`, which is a
 * program (DESIGN §3: never imported or exported).
 */
const omitted = new Set([
  'integrationId',
  'idpId',
  'parentSessionId',
  'mfaCommand',
  'email',
  'pinned',
  'hidden',
]);

function ownFields(session: Session): Block {
  const fields = Object.entries(fieldsOf(session)).filter(([name]) => !omitted.has(name));
  const { labels } = session;
  return {
    ...Object.fromEntries(fields),
    ...(labels === undefined ? {} : { labels: sorted(labels) }),
  };
}

function integrationBlock(integration: Integration): Block {
  const { name, kind, scopes, clientId } = integration;
  const own =
    integration.kind === 'awsSso'
      ? {
          region: integration.region,
          failoverRegion: integration.failoverRegion,
          startUrl: integration.startUrl,
        }
      : { tenantId: integration.tenantId, authorityHost: integration.authorityHost };
  return { name, kind, ...own, scopes, clientId };
}
