import type { Settings } from '../../models/settings.ts';
import type { Context } from '../context.ts';
import { messageOf } from '../failure.ts';
import { allSessions } from '../../client/all-sessions.ts';
import { brokenLines } from '../sessions/session-text.ts';
import { ok, problem, type Finding } from './finding.ts';

/** Checks the owner, its vault and its workspace. `settings` only if the owner answers. */
export async function checkOwner({ owner }: Context): Promise<{
  readonly findings: readonly Finding[];
  readonly settings?: Settings;
}> {
  try {
    const [self, sessions, settings] = await Promise.all([
      owner.request('GET', '/v1/owner'),
      allSessions(owner, { archived: 'true' }),
      owner.request('GET', '/v1/settings'),
    ]);
    return {
      settings,
      findings: [
        ok(`Agent ${self.version}, pid ${self.pid}`),
        self.vault.locked
          ? problem(self.vault.detail, 'Unlock it: stint prompt answer')
          : ok(self.vault.detail),
        ...self.notices.map((notice) =>
          problem(
            notice,
            'Check what it names: a variable of the agent, or workspace.json and backups/ in the home of Stint.',
          ),
        ),
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
    return { findings: [problem(what, next)] };
  }
}

function count(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}
