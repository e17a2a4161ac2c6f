import { join } from 'node:path';
import { cleanText } from '../../../network/provider-text.ts';
import type { Draft, DraftSession, DraftThing, Skipped } from '../../draft.ts';
import type { IdentityProviderFields } from '../../../../models/identity-provider.ts';
import type { IntegrationFields } from '../../../../models/integration.ts';
import type { Importer } from '../../importer.ts';
import { draftSession, integrationRefs, oldPortalRef } from './draft-sessions.ts';
import { keysFromKeychain, type LeappKeychain } from './keys.ts';
import { givenMachineId, machineIds, type MachineReader } from './machine-id.ts';
import { openWorkspace } from './open-workspace.ts';
import { segmentFilter } from './segments.ts';
import { lastVersion, type LeappSession, type LeappWorkspace } from './workspace.ts';

export interface LeappParts {
  readonly machine: MachineReader;
  readonly keychain: LeappKeychain;
}

/** Leapp (Noovolari): `~/.Leapp/Leapp-lock.json`, and its items of the keychain. */
export function createLeappImporter(parts: LeappParts): Importer<'workspace'> {
  return {
    files: ({ home }) => ({ workspace: join(home, '.Leapp', 'Leapp-lock.json') }),
    async read({ files: { workspace: file }, reader, withKeys, options }) {
      const text = await reader.text(file);
      if (text === undefined) return {};
      const ids =
        options.machineId === undefined
          ? await machineIds(parts.machine)
          : givenMachineId(options.machineId);
      const draft = leappDraft(openWorkspace(text, { file, ids }), file);
      return withKeys ? await keysFromKeychain(draft, parts.keychain) : draft;
    },
  };
}

/** What the workspace says, without its secrets, which are in the keychain. */
export function leappDraft(workspace: LeappWorkspace, file: string): Draft {
  const integrations = draftIntegrations(workspace, file);
  const known = new Set(integrations.map(({ ref }) => ref));
  const byTenant = new Map(
    integrations.flatMap(({ ref, fields }) =>
      fields.kind === 'azure' ? [[fields.tenantId, ref] as const] : [],
    ),
  );
  const labels = labelsOf(workspace, file);
  const integrationRef = integrationRefs(workspace, known, byTenant);
  const seen = new Set<string>();
  const outcomes = workspace.sessions.map((session) => {
    const around = { workspace, file, integrationRef, labelsOf: labels.of, seen };
    return draftSession(session, around);
  });
  return {
    identityProviders: draftIdentityProviders(workspace, file),
    integrations,
    sessions: outcomes.flatMap((one): DraftSession[] => ('draft' in one ? [one.draft] : [])),
    settings: draftSettings(workspace, file),
    skipped: [
      ...outcomes.flatMap((one): Skipped[] => ('skipped' in one ? [one.skipped] : [])),
      ...labels.skipped,
      ...otherThings(workspace, file),
    ],
    notes: [...versionNotes(workspace), ...labels.notes],
  };
}

function draftIdentityProviders(
  { idpUrls }: LeappWorkspace,
  file: string,
): readonly DraftThing<IdentityProviderFields>[] {
  return idpUrls.map(({ id, url }) => ({
    ref: id,
    source: `sign-in address ${cleanText(url, 80) ?? id} of ${file}`,
    // Leapp gives them no name.
    fields: { name: URL.parse(url)?.host ?? cleanText(url) ?? id, url },
  }));
}

function draftIntegrations(
  workspace: LeappWorkspace,
  file: string,
): readonly DraftThing<IntegrationFields>[] {
  const { awsSso, azure, oldPortal, sessions } = workspace;
  const old =
    awsSso.length === 0 &&
    oldPortal !== undefined &&
    sessions.some(({ type }) => type === 'awsSsoRole')
      ? [{ id: oldPortalRef, alias: 'AWS Single Sign-On', ...oldPortal }]
      : [];
  const tenants = azure.map(({ id, alias, tenantId }) => ({ id, alias, tenantId }));
  // Before integrations, each Azure session named its tenant alone.
  const named = new Set(tenants.map(({ tenantId }) => tenantId));
  const ofSessions = new Set(
    sessions.flatMap(({ type, tenantId }) =>
      type === 'azure' && tenantId !== undefined && !named.has(tenantId) ? [tenantId] : [],
    ),
  );
  for (const tenantId of ofSessions) {
    tenants.push({ id: `tenant ${tenantId}`, alias: `Azure ${tenantId}`, tenantId });
  }
  const source = (name: string) => `integration ${name} of ${file}`;
  return [
    ...[...awsSso, ...old].flatMap(({ id, alias, portalUrl = '', region = '' }) => {
      const name = cleanText(alias) ?? 'AWS Single Sign-On';
      const fields = { kind: 'awsSso' as const, name, startUrl: portalUrl, region };
      return id === undefined ? [] : [{ ref: id, source: source(name), fields }];
    }),
    ...tenants.flatMap(({ id, alias, tenantId = '' }) => {
      const name = cleanText(alias) ?? `Azure ${tenantId}`;
      const fields = { kind: 'azure' as const, name, tenantId };
      return id === undefined ? [] : [{ ref: id, source: source(name), fields }];
    }),
  ];
}

function draftSettings({ defaultRegion, defaultLocation }: LeappWorkspace, file: string) {
  const source = `options of ${file}`;
  return [
    ...(defaultRegion === undefined
      ? []
      : [{ name: 'defaultRegion' as const, value: defaultRegion, source }]),
    ...(defaultLocation === undefined
      ? []
      : [{ name: 'defaultLocation' as const, value: defaultLocation, source }]),
  ];
}

/** Stint has no saved filters: a segment or folder becomes a label of the sessions it shows now. */
function labelsOf(workspace: LeappWorkspace, file: string) {
  const skipped: Skipped[] = [];
  const made: string[] = [];
  const members = new Map<string, Set<LeappSession>>();
  const label = (
    what: string,
    name: string | undefined,
    isMember: ((session: LeappSession) => boolean) | undefined,
  ) => {
    const text = cleanText(name, 64);
    const matching = isMember === undefined ? [] : workspace.sessions.filter(isMember);
    if (text !== undefined && matching.length > 0) {
      members.set(text, new Set([...(members.get(text) ?? []), ...matching]));
      made.push(text);
      return;
    }
    skipped.push({
      kind: 'other',
      name: text ?? `a ${what} without a name`,
      source: `${what} of ${file}`,
      reason:
        isMember === undefined
          ? `The ${what} has no filter, so it shows every session.`
          : `No session is in this ${what}.`,
    });
  };
  for (const { name, filterGroup } of workspace.segments) {
    label('segment', name, segmentFilter(filterGroup, workspace));
  }
  for (const { name, ids } of workspace.folders) {
    label('folder', name, ({ sessionId }) => sessionId !== undefined && ids.includes(sessionId));
  }
  return {
    skipped,
    notes:
      made.length === 0
        ? []
        : [
            `Each segment becomes a label of the sessions it shows now: ${[...new Set(made)].join(', ')}.`,
          ],
    of: (session: LeappSession): readonly string[] =>
      [...members].flatMap(([text, sessions]) => (sessions.has(session) ? [text] : [])),
  };
}

function otherThings({ plugins, hasProxy }: LeappWorkspace, file: string): readonly Skipped[] {
  return [
    ...plugins.map((id) => ({
      kind: 'other' as const,
      name: cleanText(id) ?? 'a plugin',
      source: `plugins of ${file}`,
      reason: 'Plugins of Leapp do not run in Stint.',
    })),
    ...(hasProxy
      ? [
          {
            kind: 'setting' as const,
            name: 'proxy',
            source: `options of ${file}`,
            reason:
              'Leapp keeps a proxy and does not use it. Set one: stint settings set httpsProxy URL',
          },
        ]
      : []),
  ];
}

function versionNotes({ version }: LeappWorkspace): readonly string[] {
  return version !== undefined && version > lastVersion
    ? [
        `The workspace has version ${version}; Stint knows Leapp’s versions up to ${lastVersion}. Check the result.`,
      ]
    : [];
}
