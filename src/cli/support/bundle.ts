import { arch, platform, release } from 'node:os';
import { redactValue } from '../../models/redaction.ts';
import type { Context } from '../context.ts';
import { examine } from '../doctor/findings.ts';
import { messageOf } from '../failure.ts';
import { listHome, readJournals, readLogs, readWorkspace, withoutArguments } from './home-files.ts';

/** How many entries of the history go into a bundle. */
const historyLength = 500;

/**
 * Everything for a bug report, as one JSON document: what `doctor` finds, versions, settings, the
 * workspace, the history and the logs. Names of sessions, accounts and files are kept; no secret is in
 * these sources, and everything is redacted again. An owner that does not answer is part of the report.
 */
export async function supportBundle(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const { owner, shell, location, version } = context;
  const { home } = location;
  const { findings } = await examine(context);
  const ask = async (request: () => Promise<unknown>) => {
    try {
      return await request();
    } catch (error) {
      return { unavailable: messageOf(error).what };
    }
  };
  const [self, settings, prompts, history] = await Promise.all([
    ask(() => owner.running.request('GET', '/v1/owner')),
    ask(() => owner.running.request('GET', '/v1/settings')),
    ask(() => owner.running.request('GET', '/v1/prompts').then(openQuestions)),
    ask(() => owner.running.request('GET', '/v1/history', { query: { limit: historyLength } })),
  ]);
  const sections = {
    about:
      'Made by `stint support-bundle`. It contains names of sessions, accounts and files, but no ' +
      'secrets. Read it before you share it.',
    createdAt: new Date().toISOString(),
    versions: {
      stint: version,
      node: process.versions.node,
      system: `${platform()} ${release()} ${arch()}`,
    },
    findings,
    owner: self,
    settings,
    environment: variableNames(shell.env),
    openQuestions: prompts,
    files: listHome(home),
    workspace: readWorkspace(home),
    journals: readJournals(home),
    history: withoutArguments(history),
  };
  const logs = Object.entries(readLogs(home)).map(([name, lines]) => [
    name,
    lines.map((line) => redactValue(line)),
  ]);
  return {
    // One by one: redaction continuesly so deep.
    ...Object.fromEntries(
      Object.entries(sections).map(([name, section]) => [name, redactSection(section)]),
    ),
    logs: Object.fromEntries(logs) as unknown,
  };
}

/** Entries of a list one by one, because redaction continuesly so deep. */
function redactSection(section: unknown): unknown {
  return Array.isArray(section) ? section.map((entry) => redactValue(entry)) : redactValue(section);
}

/** Without their texts, which may quote the arguments of a program. */
function openQuestions({
  items,
}: {
  readonly items: readonly { readonly kind: string; readonly expiresAt: string }[];
}) {
  return items.map(({ kind, expiresAt }) => ({ kind, expiresAt }));
}

/** The variables that count for Stint or its tools; only their names. */
function variableNames(env: NodeJS.ProcessEnv): readonly string[] {
  const counts =
    /^(STINT|AWS|AZURE|REQUESTS|NODE|XDG)_|_proxy$|^(DISPLAY|WAYLAND_DISPLAY|BROWSER)$/i;
  return Object.keys(env)
    .filter((name) => counts.test(name) && env[name])
    .sort();
}
