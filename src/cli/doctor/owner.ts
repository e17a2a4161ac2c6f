import type { Context } from '../context.ts';
import { messageOf } from '../failure.ts';
import type { Schemas } from '../../client/client.ts';
import { allSessions } from '../../client/all-sessions.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { leftoverNext, leftoverText } from '../sessions/leftover-text.ts';
import { brokenLines } from '../sessions/session-text.ts';
import { callerScreen } from '../environment/caller-screen.ts';
import type { AgentFacts, KnownSession } from './facts.ts';
import type { Change } from './held.ts';
import { hint, ok, problem, type Finding } from './finding.ts';

/** Checks the owner, its vault and its workspace. `agent` only if the owner answers. */
export async function checkOwner({ owner, shell }: Context): Promise<{
  readonly findings: readonly Finding[];
  readonly agent?: AgentFacts;
  readonly changes: readonly Change[];
}> {
  try {
    const [self, sessions, settings, integrations, changes] = await Promise.all([
      owner.request('GET', '/v1/owner'),
      allSessions(owner, { archived: 'true', hidden: 'true' }),
      owner.request('GET', '/v1/settings'),
      owner.request('GET', '/v1/integrations'),
      owner.request('GET', '/v1/changes'),
    ]);
    return {
      agent: {
        version: self.version,
        port: self.port,
        settings,
        sessions: sessions.items.map(known),
        integrations: integrations.items,
      },
      changes: changes.items,
      findings: [
        ok(`Agent ${self.version}, pid ${self.pid}`),
        ...checkScreen(self.hasScreen ?? true, shell.env),
        self.vault.locked
          ? problem(self.vault.detail, self.vault.next ?? 'Unlock it: stint prompt answer')
          : ok(self.vault.detail),
        ...checkTrustedIssuer(self.trustedIssuer),
        ...self.notices.map((notice) =>
          problem(
            notice,
            'Check what it names: the clock, a variable of the agent, or workspace.json and backups/ in the home of Stint.',
          ),
        ),
        ...self.leftovers.map((leftover) => problem(leftoverText(leftover), leftoverNext)),
        ...brokenLines(sessions.broken ?? []).map((line) =>
          problem(
            `Workspace: ${line}`,
            'Repair that entry in workspace.json; Stint keeps it until then.',
          ),
        ),
        ...(sessions.broken === undefined
          ? [ok(`Workspace with ${count(sessions.items.length)}`)]
          : []),
      ],
    };
  } catch (error) {
    const { what, next = 'To see more, run the agent in the foreground: stint agent' } =
      messageOf(error);
    return { findings: [problem(what, next)], changes: [] };
  }
}

/** Whether tokens of the issuer in `issuer.json` are accepted; nothing where no issuer is trusted. */
function checkTrustedIssuer(trusted: Schemas['Owner']['trustedIssuer']): readonly Finding[] {
  if (trusted === undefined) return [];
  const { file, issuer = '', audience = '', problem: wrong } = trusted;
  return [
    wrong === undefined
      ? ok(`Trusted issuer ${issuer} for the audience ${audience}, by ${file}`)
      : problem(wrong.detail, wrong.next),
  ];
}

function known(session: SessionView): KnownSession {
  const { sessionId, sessionName, status, type, run } = session;
  return {
    sessionId,
    sessionName,
    status,
    type,
    delivery: run?.delivery ?? session.delivery,
    ...('profileName' in session ? { profileName: session.profileName } : {}),
  };
}

/** Where this shell has a screen and the agent has none, as one that was started over ssh. */
export function checkScreen(ofAgent: boolean, env: NodeJS.ProcessEnv): readonly Finding[] {
  const here = callerScreen(env);
  if (ofAgent || here === undefined) return [];
  return [
    hint(
      `The agent was started without a screen, and this shell has ${here.DISPLAY ?? here.WAYLAND_DISPLAY ?? 'one'}. ` +
        'Sign-in windows of a start from here open here; those of a renewal cannot open.',
      'Start the agent from here: stint agent stop, then stint agent start',
    ),
  ];
}

function count(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}
