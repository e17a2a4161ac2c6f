import * as z from 'zod';
import { changeSchema, type Change } from '../../models/change.ts';
import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { IntegrationView } from '../../models/integration.ts';
import { leaseKindSchema, type Lease } from '../../models/lease.ts';
import { endReasonSchema, sessionStatusSchema } from '../../models/lifecycle.ts';
import type { Profile } from '../../models/profile.ts';
import { promptSchema, type Prompt } from '../../models/prompt.ts';
import type { RunSummary } from '../../models/run-summary.ts';
import { roleSchema, scopeSchema } from '../../models/scope.ts';
import type { TokenInfo } from '../../models/token.ts';
import { between, listFilter, text } from './list-filter.ts';
import { flag } from './parameters.ts';

/* The filters of the lists that come in one piece; sessions and history have their own. */

export const integrationFilter = listFilter<IntegrationView>({
  id: { takes: text.describe('the integrationId'), of: ({ integrationId }) => integrationId },
  kind: { takes: z.enum(['awsSso', 'azure']), of: ({ kind }) => kind },
  name: { takes: text, of: ({ name }) => name },
  status: {
    takes: z.enum(['logged-out', 'logging-in', 'logged-in']),
    of: ({ status }) => status,
  },
  region: { takes: text, of: (one) => (one.kind === 'awsSso' ? one.region : undefined) },
  startUrl: { takes: text, of: (one) => (one.kind === 'awsSso' ? one.startUrl : undefined) },
  tenant: { takes: text, of: (one) => (one.kind === 'azure' ? one.tenantId : undefined) },
  ...between('synced', ({ lastSync }: IntegrationView) => lastSync),
  ...between('loggedInUntil', ({ loggedInUntil }: IntegrationView) => loggedInUntil),
});

export const identityProviderFilter = listFilter<IdentityProvider>({
  id: { takes: text.describe('the idpId'), of: ({ idpId }) => idpId },
  name: { takes: text, of: ({ name }) => name },
  url: { takes: text, of: ({ url }) => url },
});

export const profileFilter = listFilter<Profile>({
  profile: { takes: text, of: ({ profileName }) => profileName },
  session: {
    takes: text.describe('sessionId or name of a session that uses it'),
    of: ({ sessions }) => sessions.flatMap((one) => [one.sessionId, one.sessionName]),
  },
  region: { takes: text, of: ({ sessions }) => sessions.map(({ region }) => region) },
  delivery: { takes: text, of: ({ sessions }) => sessions.map(({ delivery }) => delivery) },
  status: { takes: sessionStatusSchema, of: ({ sessions }) => sessions.map((one) => one.status) },
  published: { takes: flag, of: ({ published }) => published },
});

/** Besides `session`, which also finds the questions that a session waits for. */
export const promptFilter = listFilter<
  Prompt,
  'id' | 'kind' | 'integration' | 'account' | 'role' | 'expiresFrom' | 'expiresTo'
>({
  id: { takes: text.describe('the promptId'), of: ({ promptId }) => promptId },
  kind: { takes: promptSchema.shape.kind, of: ({ kind }) => kind },
  integration: { takes: text.describe('the integrationId'), of: (one) => one.integrationId },
  account: { takes: text, of: ({ account }) => account },
  role: { takes: text, of: ({ role }) => role },
  ...between('expires', ({ expiresAt }: Prompt) => expiresAt),
});

export const leaseFilter = listFilter<Lease>({
  id: { takes: text.describe('the leaseId'), of: ({ leaseId }) => leaseId },
  kind: { takes: leaseKindSchema, of: ({ kind }) => kind },
  process: { takes: text, of: ({ process }) => process },
  run: { takes: text.describe('the id of the run'), of: ({ runId }) => runId },
  open: { takes: flag, of: ({ closedAt }) => closedAt === undefined },
  reason: { takes: text.describe('why it was closed'), of: ({ reason }) => reason },
  ...between('opened', ({ openedAt }: Lease) => openedAt),
  ...between('used', ({ lastUsedAt }: Lease) => lastUsedAt),
  ...between('closed', ({ closedAt }: Lease) => closedAt),
});

export const runFilter = listFilter<RunSummary>({
  id: { takes: text.describe('the runId'), of: ({ runId }) => runId },
  by: { takes: text.describe('who started it'), of: ({ startedBy }) => startedBy },
  ended: { takes: flag, of: ({ endedAt }) => endedAt !== undefined },
  reason: { takes: endReasonSchema, of: ({ reason }) => reason },
  ...between('started', ({ startedAt }: RunSummary) => startedAt),
  ...between('ended', ({ endedAt }: RunSummary) => endedAt),
});

export const changeFilter = listFilter<Change>({
  id: { takes: text, of: ({ id }) => id },
  kind: { takes: changeSchema.shape.kind, of: ({ kind }) => kind },
  file: { takes: z.string().min(1).max(4096), of: ({ file }) => file },
  session: {
    takes: text.describe('sessionId or name of its session'),
    of: ({ session }) => [session?.sessionId, session?.sessionName],
  },
  restorable: { takes: flag, of: ({ restorable }) => restorable },
  ...between('since', ({ since }: Change) => since),
});

export const tokenFilter = listFilter<TokenInfo>({
  id: { takes: text.describe('the tokenId'), of: ({ tokenId }) => tokenId },
  name: { takes: text, of: ({ name }) => name },
  role: { takes: roleSchema, of: ({ role }) => role },
  scope: { takes: scopeSchema, of: ({ scopes }) => scopes },
  session: { takes: text.describe('the sessionId'), of: ({ sessionId }) => sessionId },
  state: { takes: z.enum(['valid', 'expired', 'revoked']), of: stateOf },
  ...between('issued', ({ issuedAt }: TokenInfo) => issuedAt),
  ...between('expires', ({ expiresAt }: TokenInfo) => expiresAt),
});

function stateOf({ revokedAt, expiresAt }: TokenInfo) {
  if (revokedAt !== undefined) return 'revoked';
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
}
