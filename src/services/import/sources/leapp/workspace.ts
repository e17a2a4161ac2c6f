import * as z from 'zod';

/*
 * The workspace of Leapp as its serializer writes it (packages/core/src/models, versions 0 to 7). Whatever
 * has another shape counts as missing, so that one odd entry does not hide the others.
 */

const text = z.string().optional().catch(undefined);
const list = z.array(z.unknown()).catch([]).default([]);
const flags = z
  .array(z.object({ id: text, name: text, value: z.boolean().catch(false) }))
  .catch([])
  .default([]);

export const leappSessionSchema = z.object({
  sessionId: text,
  sessionName: text,
  type: text,
  region: text,
  profileId: text,
  mfaDevice: text,
  roleArn: text,
  roleSessionName: text,
  parentSessionId: text,
  idpArn: text,
  idpUrlId: text,
  email: text,
  awsSsoConfigurationId: text,
  azureIntegrationId: text,
  azureConfigurationId: text,
  subscriptionId: text,
  tenantId: text,
  endPointUrl: text,
});
export type LeappSession = z.infer<typeof leappSessionSchema>;

const integrationSchema = z.object({
  id: text,
  alias: text,
  portalUrl: text,
  region: text,
  tenantId: text,
});

const segmentSchema = z.object({
  name: text,
  filterGroup: z.object({
    searchFilter: z.string().catch(''),
    pinnedFilter: z.boolean().catch(false),
    providerFilter: flags,
    profileFilter: flags,
    regionFilter: flags,
    integrationFilter: flags,
    typeFilter: flags,
  }),
});
export type LeappSegment = z.infer<typeof segmentSchema>;

/** The newest version Leapp has written (`workspaceLastVersion`). */
export const lastVersion = 7;

const oldConfigurationSchema = z
  .object({ portalUrl: text, region: text })
  .optional()
  .catch(undefined);

const workspaceSchema = z.object({
  _workspaceVersion: z.number().optional().catch(undefined),
  _sessions: z.array(z.unknown()),
  _awsSsoIntegrations: list,
  _azureIntegrations: list,
  /** Before integrations: the one portal there could be. */
  _awsSsoConfiguration: oldConfigurationSchema,
  awsSsoConfiguration: oldConfigurationSchema,
  _profiles: list,
  _idpUrls: list,
  _pinned: list,
  _segments: list,
  _folders: list,
  _pluginsStatus: list,
  _defaultRegion: text,
  _defaultLocation: text,
  _credentialMethod: text,
  _samlRoleSessionDuration: z.number().optional().catch(undefined),
  _proxyConfiguration: z.object({ proxyUrl: text }).optional().catch(undefined),
});

export type LeappWorkspace = ReturnType<typeof understandWorkspace> & object;

/** The workspace in a parsed JSON text, or undefined where it has no list of sessions. */
export function understandWorkspace(json: unknown) {
  const parsed = workspaceSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const named = z.object({ id: z.string(), name: z.string() });
  return {
    version: data._workspaceVersion,
    sessions: data._sessions.map(
      (raw) => leappSessionSchema.safeParse(raw).data ?? {},
    ) as readonly LeappSession[],
    awsSso: valid(integrationSchema, data._awsSsoIntegrations),
    azure: valid(integrationSchema, data._azureIntegrations),
    oldPortal: data._awsSsoConfiguration ?? data.awsSsoConfiguration,
    profiles: new Map(valid(named, data._profiles).map(({ id, name }) => [id, name])),
    idpUrls: valid(z.object({ id: z.string(), url: z.string() }), data._idpUrls),
    pinned: new Set(valid(z.string(), data._pinned)),
    segments: valid(segmentSchema, data._segments),
    folders: valid(z.object({ name: z.string(), ids: z.array(z.string()) }), data._folders),
    plugins: valid(z.object({ id: z.string(), active: z.literal(true) }), data._pluginsStatus).map(
      ({ id }) => id,
    ),
    defaultRegion: data._defaultRegion,
    defaultLocation: data._defaultLocation,
    usesCredentialProcess: data._credentialMethod === 'credential-process-method',
    samlSeconds: data._samlRoleSessionDuration,
    hasProxy: (data._proxyConfiguration?.proxyUrl ?? '') !== '',
  };
}

function valid<T extends z.ZodType>(
  schema: T,
  entries: readonly unknown[],
): readonly z.output<T>[] {
  return entries.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
