import { parseArn } from '../../models/arn.ts';
import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { AwsIamRoleFederatedSession } from '../../models/session.ts';
import { Problem } from '../../models/problem.ts';
import { PromptCancelled } from '../prompts/prompt-service.ts';
import type { Explain } from '../log/log.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import type { SamlCapture, SamlSignIn } from '../sign-in/saml-sign-in.ts';
import type { ProviderRequest } from './provider.ts';

type Request = ProviderRequest<AwsIamRoleFederatedSession>;

/**
 * Gets a SAML response for a session: silently if the identity provider still knows the browser, else
 * in a window, which opens by itself only if a person asked for the work just now. Sessions that sign
 * in at the same identity provider share one window and one question at a time.
 */
export function createFederatedSignIn(signIn: SamlSignIn, log: Explain) {
  const windows = new KeyedMutex();
  const questions = new Map<string, Promise<unknown>>();

  async function silent({ session, signal, deadline }: Request, idp: IdentityProvider) {
    const { sessionId, sessionName } = session;
    const explain = (reason: string) => log.explain(`${sessionName}: ${reason}`, { sessionId });
    try {
      const response = await signIn.capture({
        idp,
        partition: partitionOf(session),
        session,
        visible: false,
        signal,
        deadline,
      });
      explain(
        response === undefined
          ? `${idp.name} does not sign in without you. Asking for a sign-in.`
          : `${idp.name} still knows this browser, so no sign-in is needed.`,
      );
      return response;
    } catch (error) {
      if (!isWithoutBrowser(error)) throw error;
      explain(`Signing in at ${idp.name} needs a browser, and none can be used here.`);
      return undefined;
    }
  }

  /** The sign-in before may have made the window unnecessary. */
  async function inWindow(request: Request, idp: IdentityProvider): Promise<string> {
    const { session, signal, deadline } = request;
    const partition = partitionOf(session);
    return await windows.run(
      partition,
      async () => {
        try {
          const response =
            (await silent(request, idp)) ??
            (await whileSaid(request, idp, (parts) =>
              signIn.capture({ idp, partition, session, visible: true, deadline, ...parts }),
            ));
          if (response === undefined) throw new PromptCancelled('The sign-in window was closed');
          return response;
        } catch (error) {
          if (!isWithoutBrowser(error)) throw error;
          return pastedResponse(await request.ask(pasteQuestion(session, idp)));
        }
      },
      { signal },
    );
  }

  async function withNobody(request: Request, idp: IdentityProvider): Promise<string> {
    const { session, signal } = request;
    const partition = partitionOf(session);
    const response = signIn.remembers(partition)
      ? await windows.run(partition, () => silent(request, idp), { signal })
      : undefined;
    if (response !== undefined) return response;
    const { sessionId, sessionName } = session;
    throw new Problem('person-needed', {
      detail: `Session ${sessionName} needs a sign-in at ${idp.name}: AWS takes each for a few minutes only.`,
      next: `Sign in, then run the program again: stint rotate ${sessionId}`,
      sessionId,
    });
  }

  async function askFirst(request: Request, idp: IdentityProvider): Promise<string> {
    const partition = partitionOf(request.session);
    for (;;) {
      const response = await windows.run(partition, () => silent(request, idp), {
        signal: request.signal,
      });
      if (response !== undefined) return response;
      const others = questions.get(partition);
      if (others === undefined) break;
      await finished(others, request.signal);
    }
    const asked = request.ask(questionOf(request.session, idp));
    // The others continue once the window has closed.
    const done = asked.then(() => inWindow(request, idp));
    questions.set(partition, done);
    try {
      return await done;
    } finally {
      questions.delete(partition);
    }
  }

  return async (request: Request, idp: IdentityProvider) => {
    if (request.unattended === true) return await withNobody(request, idp);
    return request.attended === true ? await inWindow(request, idp) : await askFirst(request, idp);
  };
}

/**
 * While a window is open, every client says so; cancelling that question closes the
 * window.
 */
async function whileSaid<T>(
  { session, signal, open, screen }: Request,
  idp: IdentityProvider,
  capture: (parts: Pick<SamlCapture, 'signal' | 'opened' | 'screen'>) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  let close = (): void => undefined;
  const opened = () => {
    const question = open({
      kind: 'sign-in-window',
      text: `A sign-in window is open for session ${session.sessionName}, at ${idp.name}.`,
    });
    ({ close } = question);
    question.answer.catch((reason: unknown) => {
      // At the deadline the window says so itself.
      if (reason instanceof PromptCancelled) cancel.abort(reason);
    });
  };
  try {
    return await capture({ signal: AbortSignal.any([signal, cancel.signal]), opened, screen });
  } finally {
    close();
  }
}

/** One browser partition per identity provider, or the session's own if it asks for that. */
export function partitionOf(session: AwsIamRoleFederatedSession): string {
  return session.separateIdentity === true ? session.sessionId : session.idpId;
}

/** Waits for other work, however it ends. Throws the signal's reason. */
async function finished(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const leave = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
    const finish = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    work.then(finish, finish);
  });
}

function questionOf(session: AwsIamRoleFederatedSession, idp: IdentityProvider) {
  const { accountId = '', resource = '' } = parseArn(session.roleArn) ?? {};
  const role = resource.replace(/^role\//, '');
  return {
    kind: 'saml' as const,
    account: accountId,
    role,
    text:
      `Sign in at ${idp.name} for ${session.sessionName} (role ${role} in account ` +
      `${accountId}). Answer "open" to open the window.`,
  };
}

/** On a machine without a browser or a screen, the person signs in elsewhere. */
function pasteQuestion(session: AwsIamRoleFederatedSession, idp: IdentityProvider) {
  return {
    ...questionOf(session, idp),
    url: idp.url,
    text:
      `No window can be opened here. Sign in at ${idp.name} for ${session.sessionName} in any browser ` +
      'and paste the SAMLResponse that it posts to AWS (IAM User Guide, "View a SAML response in ' +
      'your browser").',
  };
}

function isWithoutBrowser(error: unknown): boolean {
  return error instanceof Problem && error.code === 'browser-unavailable';
}

/** The response alone, or the whole form body as the tools of browsers copy it. */
function pastedResponse(text: string): string {
  const isForm = /(^|&)SAMLResponse=/.test(text.trim());
  const response = isForm ? new URLSearchParams(text.trim()).get('SAMLResponse') : text;
  return (response ?? '').replace(/\s/g, '');
}
