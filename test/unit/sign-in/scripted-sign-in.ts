import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { connectAdmin } from '../../../practice-cloud/admin-client.ts';
import { startPracticeCloud } from '../../../practice-cloud/practice-cloud.ts';
import type { IdentityProvider } from '../../../src/models/identity-provider.ts';
import { sessionSchema, type AwsIamRoleFederatedSession } from '../../../src/models/session.ts';
import type { Settings } from '../../../src/models/settings.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { ServiceTimes } from '../../../src/services/clock/service-times.ts';
import type { Question } from '../../../src/services/prompts/prompt-service.ts';
import { createAwsIamRoleFederatedProvider } from '../../../src/services/providers/aws-iam-role-federated.ts';
import type { ProviderRequest } from '../../../src/services/providers/provider.ts';
import { createStsConnector } from '../../../src/services/providers/sts.ts';
import type { SamlCapture, SamlSignIn } from '../../../src/services/sign-in/saml-sign-in.ts';

export const accountId = '447109328810';
export const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;
type Wanted = Omit<
  Parameters<ReturnType<typeof connectAdmin>['samlResponse']>[0],
  'idpArn' | 'userName'
>;

/** The provider against a practice STS, with a sign-in that does as the test says. */
export async function scriptedFederation() {
  const cloud = await startPracticeCloud();
  onTestFinished(() => cloud.close());
  const admin = connectAdmin(cloud);
  const { idpArn, url } = await admin.createSamlProvider({ name: 'acme', accountId });
  await admin.createRole({ roleArn, principals: [idpArn], maxSessionSeconds: 7200 });
  await admin.createSamlUser({ idpArn, userName: 'anna', roles: [roleArn] });
  const idp: IdentityProvider = { idpId: randomUUID(), name: 'Acme', url };
  const sessions: AwsIamRoleFederatedSession[] = [];
  const captures: string[] = [];
  const forgotten: string[] = [];
  /** What the browser does; by default nobody is signed in until a window was open. */
  const script = {
    signedIn: false,
    now: Date.now(),
    wanted: {} as Wanted,
    response: undefined as string | undefined,
    window: (() => Promise.resolve()) as (request: SamlCapture) => Promise<void>,
  };

  const signIn: SamlSignIn = {
    async capture(request) {
      captures.push(request.visible ? 'window' : 'silent');
      if (request.visible) await script.window(request);
      if (request.visible) script.signedIn = true;
      if (!script.signedIn) return undefined;
      return (
        script.response ??
        (await admin.samlResponse({ idpArn, userName: 'anna', ...script.wanted }))
      );
    },
    remembers: () => script.signedIn,
    forget(idpId) {
      forgotten.push(idpId);
      return Promise.resolve();
    },
  };

  const provider = createAwsIamRoleFederatedProvider({
    connectSts: createStsConnector({
      settings: () => ({ awsStsEndpointUrl: cloud.stsEndpoint }) as Settings,
      times: new ServiceTimes(systemClock),
      proxies: {},
    }),
    signIn,
    identityProviders: (idpId) => (idpId === idp.idpId ? idp : undefined),
    sessions: () => sessions,
    clock: { now: () => script.now },
    log: { explain: () => undefined },
  });

  function session(fields: object = {}): AwsIamRoleFederatedSession {
    const made = sessionSchema.parse({
      type: 'awsIamRoleFederated',
      sessionId: randomUUID(),
      sessionName: 'reader',
      region: 'eu-west-1',
      profileName: 'reader',
      status: 'pending',
      startDateTime: '',
      duration: 0,
      createdAt: new Date().toISOString(),
      revision: 1,
      idpId: idp.idpId,
      idpArn,
      roleArn,
      ...fields,
    }) as AwsIamRoleFederatedSession;
    sessions.push(made);
    return made;
  }

  return { admin, cloud, idp, idpArn, provider, session, captures, forgotten, script };
}

interface Said {
  readonly kind: Question['kind'];
  readonly text: string;
  isOpen: boolean;
  readonly cancel: (reason: Error) => void;
}

type Asked = Omit<Question, 'sessionId' | 'deadline'>;

/** A request as the runner makes it; questions stay open until the test answers. */
export function requestFor(
  session: AwsIamRoleFederatedSession,
  options: {
    readonly fresh?: boolean;
    /** By default a start is, a rotation is not. */
    readonly attended?: boolean;
    readonly controller?: AbortController;
  } = {},
): {
  readonly request: ProviderRequest<AwsIamRoleFederatedSession>;
  readonly asked: readonly Asked[];
  /** The questions that are answered elsewhere. */
  readonly said: readonly Said[];
  readonly answer: PromiseWithResolvers<string>;
} {
  const { fresh = false, attended = !fresh, controller = new AbortController() } = options;
  const { signal } = controller;
  const asked: Asked[] = [];
  const answer = Promise.withResolvers<string>();
  const ask = (question: Asked) => {
    asked.push(question);
    return answer.promise;
  };
  const said: Said[] = [];
  const open = ({ kind, text }: Asked) => {
    const { promise, reject } = Promise.withResolvers<string>();
    const line: Said = { kind, text, isOpen: true, cancel: reject };
    said.push(line);
    return { answer: promise, close: () => void (line.isOpen = false) };
  };
  return {
    request: { session, fresh, attended, signal, ask, open, deadline: Date.now() + 60_000 },
    asked,
    said,
    answer,
  };
}
