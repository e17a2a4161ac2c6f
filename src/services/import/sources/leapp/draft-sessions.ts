import { regionSchema } from '../../../../models/session-fields.ts';
import { roleName as nameOfRole } from '../../../integrations/aws-sso/role-sessions.ts';
import { cleanText } from '../../../network/provider-text.ts';
import type { DraftFields, DraftSession, Skipped } from '../../draft.ts';
import { integrationOf } from './segments.ts';
import type { LeappSession, LeappWorkspace } from './workspace.ts';

/** How Leapp's own names for its kinds of sessions read to a person. */
const unsupported: ReadonlyMap<string, string> = new Map([
  ['google', 'Stint has no sessions of Google Cloud.'],
  ['alibaba', 'Stint has no sessions of Alibaba Cloud.'],
]);

/** The key pair LocalStack takes from anybody; Leapp writes the same. */
const localStackKeys = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The role session name that Leapp writes where the person gives none. */
const leappsOwnName = 'assumed-from-leapp';

/** What every session of the workspace shares. */
export interface Surroundings {
  readonly workspace: LeappWorkspace;
  readonly file: string;
  /** The `ref` of the integration that a session belongs to. */
  readonly integrationRef: (session: LeappSession) => string | undefined;
  /** Labels of a session: the segments and folders it is in. */
  readonly labelsOf: (session: LeappSession) => readonly string[];
  /** The ids of the sessions before. */
  readonly seen: Set<string>;
}

type Outcome = { readonly draft: DraftSession } | { readonly skipped: Skipped };

/** What becomes of one session. Wrong values stay: the rules of sessions name them. */
export function draftSession(session: LeappSession, around: Surroundings): Outcome {
  const { sessionId, type = '' } = session;
  const name = cleanText(session.sessionName) ?? sessionId ?? 'a session without a name';
  const source = `session ${name} of ${around.file}`;
  const skipped = (reason: string): Outcome => ({
    skipped: { kind: 'session', name, source, reason },
  });
  if (sessionId === undefined) return skipped('It has no id, so nothing can refer to it.');
  if (around.seen.has(sessionId)) return skipped('A session before it has the same id.');
  around.seen.add(sessionId);

  const { workspace } = around;
  const notes: string[] = [];
  const labels = around.labelsOf(session);
  const every = {
    sessionName: name,
    region: regionOf(session, workspace, notes),
    ...(labels.length === 0 ? {} : { labels: [...labels] }),
    ...(workspace.pinned.has(sessionId) ? { pinned: true } : {}),
  };
  const profile =
    session.profileId === undefined ? undefined : workspace.profiles.get(session.profileId);
  const everyAws = {
    ...every,
    ...(profile === undefined ? {} : { profileName: profile }),
    ...(workspace.usesCredentialProcess ? { delivery: 'credential-process' as const } : {}),
  };
  const draft = (fields: DraftFields, others: Partial<DraftSession> = {}): Outcome => ({
    draft: {
      ref: sessionId,
      source,
      fields,
      sharesProfile: true,
      ...others,
      ...(notes.length === 0 ? {} : { notes }),
    },
  });

  switch (type) {
    case 'awsIamUser':
      return draft({
        ...everyAws,
        type,
        ...(isSet(session.mfaDevice) ? { mfaSerial: session.mfaDevice } : {}),
      });
    case 'awsIamRoleFederated':
      return draft(
        {
          ...everyAws,
          type,
          idpArn: session.idpArn ?? '',
          roleArn: session.roleArn ?? '',
          ...(workspace.samlSeconds === undefined || workspace.samlSeconds === 3600
            ? {}
            : { roleSeconds: workspace.samlSeconds }),
        },
        session.idpUrlId === undefined ? {} : { idp: session.idpUrlId },
      );
    case 'awsIamRoleChained':
      return draft(
        {
          ...everyAws,
          type,
          roleArn: session.roleArn ?? '',
          // Without one, the person and the run name it, which says more than Leapp's own name.
          ...(session.roleSessionName === undefined || session.roleSessionName === leappsOwnName
            ? {}
            : { roleSessionName: session.roleSessionName }),
        },
        session.parentSessionId === undefined ? {} : { parent: session.parentSessionId },
      );
    case 'awsSsoRole': {
      const role = ssoRole(session.roleArn);
      if (role === undefined) {
        return skipped('Its role is not written as Leapp does, so account and role are unknown.');
      }
      const integration = around.integrationRef(session);
      const email = cleanText(session.email, 320);
      const fields = { accountName: name, ...role };
      return draft(
        {
          ...everyAws,
          type,
          sessionName: nameOfRole(fields),
          ...fields,
          ...(email === undefined ? {} : { email }),
        },
        integration === undefined ? {} : { integration },
      );
    }
    case 'azure': {
      const integration = around.integrationRef(session);
      return draft(
        {
          ...every,
          type,
          tenantId: session.tenantId ?? '',
          subscriptionId: session.subscriptionId ?? '',
          subscriptionName: name,
        },
        integration === undefined ? {} : { integration },
      );
    }
    case 'localstack':
      notes.push('It becomes an IAM user with its own endpoint. Its keys are `test` and `test`.');
      return draft(
        {
          ...everyAws,
          type: 'awsIamUser',
          endpointUrl: session.endPointUrl ?? 'http://localhost:4566',
        },
        { keys: localStackKeys },
      );
    default:
      return skipped(
        unsupported.get(type) ?? `Stint does not know sessions of type ${shown(type)}.`,
      );
  }
}

/** A role of an AWS SSO portal, which Leapp writes as `arn:aws:iam::ACCOUNT/ROLE`. */
function ssoRole(arn: string | undefined) {
  const match = /^arn:aws[a-z-]*:iam::(\d{12})(?::role)?\/(.+)$/.exec(arn ?? '');
  const [, accountId, roleName] = match ?? [];
  return accountId === undefined || roleName === undefined ? undefined : { accountId, roleName };
}

function regionOf(session: LeappSession, workspace: LeappWorkspace, notes: string[]): string {
  const usual =
    session.type === 'azure'
      ? (workspace.defaultLocation ?? 'eastus')
      : (workspace.defaultRegion ?? 'us-east-1');
  if (regionSchema.safeParse(session.region).success) return session.region ?? usual;
  notes.push(`Leapp has no usable region for it, so it gets ${usual}.`);
  return usual;
}

/** The integration that is named, and otherwise the one it can only be. */
export function integrationRefs(
  workspace: LeappWorkspace,
  known: ReadonlySet<string>,
  byTenant: ReadonlyMap<string, string>,
): (session: LeappSession) => string | undefined {
  const [only, second] = workspace.awsSso;
  return (session) => {
    const named = integrationOf(session);
    if (named !== undefined && known.has(named)) return named;
    if (session.type === 'azure') return byTenant.get(session.tenantId ?? '') ?? named;
    // Before Leapp had several portals, its sessions named none.
    return named ?? (second === undefined ? (only?.id ?? oldPortalRef) : undefined);
  };
}

/** The portal of a workspace that is older than integrations. */
export const oldPortalRef = 'the only AWS SSO portal';

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

function shown(type: string): string {
  return cleanText(type, 64) ?? 'without a name';
}
