import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hint, ok, problem, type Finding } from './finding.ts';

const neededNode = 24;

export function checkNode(): Finding {
  const major = Number.parseInt(process.versions.node, 10);
  return major >= neededNode
    ? ok(`Node ${process.versions.node} (${process.execPath})`)
    : problem(`This is Node ${process.versions.node}.`, `Stint needs Node ${neededNode} or later.`);
}

/** Files of the home that only the user may read (DESIGN §6). */
const privateFiles = [
  'workspace.json',
  'token',
  'secrets.vault',
  'secrets.vault.previous',
  'stash.vault',
  'access.db',
  'history.db',
  'agent.json',
  'cleanup.json',
  'published-profiles.json',
  join('logs', 'stint.log'),
];

/** Owner and modes of Stint's home. On Windows the platform's access lists protect it. */
export function checkHome(home: string): readonly Finding[] {
  if (!existsSync(home)) return [hint(`${home} does not exist yet.`, 'The agent creates it.')];
  if (process.getuid === undefined) return [ok(`Home ${home}`)];
  const uid = process.getuid();
  const findings = [home, ...privateFiles.map((name) => join(home, name))]
    .filter((path) => existsSync(path))
    .flatMap((path): Finding[] => {
      const { mode, uid: owner } = statSync(path);
      if (owner !== uid) {
        return [
          problem(`${path} belongs to another user.`, `Take ownership: chown ${uid} ${path}`),
        ];
      }
      if ((mode & 0o077) === 0) return [];
      const wanted = path === home ? '700' : '600';
      return [
        problem(
          `Other users can read or change ${path}: its mode is ${(mode & 0o777).toString(8)}.`,
          `Protect it: chmod ${wanted} ${path}`,
        ),
      ];
    });
  return findings.length === 0 ? [ok(`Home ${home}, readable only by you`)] : findings;
}
