import type { Settings } from '../../models/settings.ts';
import type { Context } from '../context.ts';
import { wordsOf } from '../failure.ts';
import { allSessions } from '../../client/all-sessions.ts';
import { brokenLines } from '../sessions/session-text.ts';
import { ok, problem, type Finding } from './finding.ts';

/** What the owner says of itself, its vault and its workspace; its settings, where it answers. */
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
          problem(notice, 'Its workspace.json and backups/ say more.'),
        ),
        ...brokenLines(sessions.broken ?? []).map((line) =>
          problem(
            `Workspace: ${line}`,
            'Correct that entry in workspace.json; nothing of it is lost.',
          ),
        ),
        ...(sessions.broken === undefined
          ? [ok(`Workspace with ${count(sessions.items.length)}`)]
          : []),
      ],
    };
  } catch (error) {
    const { what, next = 'Run it in the foreground to see more: stint agent' } = wordsOf(error);
    return { findings: [problem(what, next)] };
  }
}

function count(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}
