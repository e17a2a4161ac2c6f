import { readFileSync } from 'node:fs';
import { printable, printableJson } from '../../models/printable.ts';
import { exitCodes } from '../failure.ts';
import type { OwnerLocation } from '../../client/node/owner-location.ts';
import { accountText } from '../sessions/account-text.ts';
import { timeLeft } from '../sessions/time-left.ts';
import { lookUp, type NoSession, type ShellSession } from './look-up.ts';
import { awsSource, azureSource, type Source } from './named-by-environment.ts';

/*
 * Which sessions a shell has. A shell's prompt asks it before each line: it loads as little as
 * `stint credentials` does, and never starts an agent.
 */

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export type Form = 'words' | 'short' | 'json';

/** What `stint whoami` says. Throws CommandFailure for a home that is not the user's own. */
export async function whoAmI(
  env: NodeJS.ProcessEnv,
  location: OwnerLocation,
  form: Form,
): Promise<Said> {
  const sources = [awsSource(env, location.home, textOf), azureSource(env, location.home)];
  const found = await Promise.all(
    sources.filter((source) => source !== undefined).map((source) => lookUp(source, location)),
  );
  const sessions = found.filter((one) => 'session' in one);
  const isWithout = sessions.length === 0;
  return {
    stdout: data(sessions, form),
    stderr: isWithout && form === 'words' ? why(found.filter((one) => 'reason' in one)) : '',
    exitCode: isWithout ? exitCodes.failed : exitCodes.success,
  };
}

function data(sessions: readonly ShellSession[], form: Form): string {
  if (form === 'json') {
    const items = sessions.map(({ source, ...one }) => ({ from: source.variable, ...one }));
    return `${printableJson(JSON.stringify({ items }, undefined, 2))}\n`;
  }
  const text = form === 'short' ? shortText : sentence;
  return sessions.map((one) => `${printable(text(one))}\n`).join('');
}

function shortText(one: ShellSession): string {
  return [one.session.sessionName, leftOf(one)].filter((part) => part !== '').join(' ');
}

/** `payments (447109328810 ReadOnly, eu-west-1), 42 min left, from AWS_PROFILE` */
function sentence(one: ShellSession): string {
  const { session, source } = one;
  const left = leftOf(one);
  const location = [accountText(session), session.region].filter((part) => part !== '').join(', ');
  return [
    `${session.sessionName} (${location})`,
    ...(left === '' ? [] : [`${left} left`]),
    `from ${source.variable}`,
  ].join(', ');
}

function leftOf({ session, endsAt }: ShellSession): string {
  return timeLeft(session, Date.now(), endsAt);
}

/** Why there is none, and how to get one. */
function why(without: readonly NoSession[]): string {
  const reasons = without.filter(({ source }) => !isNobodysChoice(source)).map(reasonText);
  const known = without.find(({ sessionName }) => sessionName !== undefined)?.sessionName;
  return [
    ...(reasons.length === 0 ? ['stint: This shell has no session.'] : reasons),
    known === undefined
      ? 'Give it one: see stint env --help, or run one program with stint exec NAME -- PROGRAM'
      : 'Start the session again, and set the variables that stint env prints.',
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function isNobodysChoice(source: Source): boolean {
  return source.by === 'profile' && source.isDefault;
}

function reasonText({ source, reason, sessionName }: NoSession): string {
  const { variable } = source;
  switch (reason) {
    case 'unreachable':
      return `stint: ${variable} may name a session, but no agent answers. Start it: stint agent start`;
    case 'locked':
      return `stint: ${variable} may name a session, but the vault is locked. Unlock it: stint prompt answer`;
    case 'inactive':
      return `stint: ${variable} is of session ${sessionName ?? 'that was removed'}, which has ended for this shell.`;
    case 'unknown':
      return source.by === 'profile'
        ? `stint: ${variable} is "${source.profile}", which no active session delivers.`
        : `stint: ${variable} is of no active session.`;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
