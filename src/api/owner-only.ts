import { isDeepStrictEqual } from 'node:util';
import type { ImportRequest } from '../models/import.ts';
import { ownerSettings } from '../models/owner-settings.ts';
import { Problem } from '../models/problem.ts';
import type { Prompt, PromptAnswer } from '../models/prompt.ts';
import type { Principal } from '../models/scope.ts';
import { endpointUrlOf, type SessionFields } from '../models/session-fields.ts';
import type { Settings, SettingsPatch } from '../models/settings.ts';
import type { Connection } from './context.ts';

/*
 * What only the owner decides, whatever scopes others hold: on the socket with the owner's token, or in
 * a native dialog of the desktop app, which shows `detail` and repeats the request as the owner.
 */

/** Throws Problem 'owner-only' for a change of where secrets go to. */
export function requireOwnerForSettings(
  by: Principal,
  patch: SettingsPatch,
  current: Settings,
): void {
  if (by.role === 'owner') return;
  const before = current as Readonly<Record<string, unknown>>;
  const changed = Object.entries(patch).filter(
    ([name, value]) =>
      ownerSettings.includes(name) && !isDeepStrictEqual(value ?? undefined, before[name]),
  );
  if (changed.length === 0) return;
  throw new Problem('owner-only', {
    detail: `Only you can decide where credentials go: ${changed
      .map(([name, value]) =>
        value === null ? `remove ${name}` : `set ${name} to ${asText(value)}`,
      )
      .join('; ')}.`,
    next: `Run: ${changed.map(settingCommand).join('; ')}`,
  });
}

/** Throws Problem 'owner-only' for a change of where a session signs in. */
export function requireOwnerForEndpoint(
  by: Principal,
  before: SessionFields | undefined,
  after: SessionFields,
): void {
  const url = endpointUrlOf(after);
  if (by.role === 'owner' || url === endpointUrlOf(before)) return;
  const name = asWord((before ?? after).sessionName);
  const flag = url === undefined ? '--unset endpoint-url' : `--endpoint-url ${asWord(url)}`;
  throw new Problem('owner-only', {
    detail: `Only you can decide where credentials go: ${
      url === undefined ? 'remove' : 'set'
    } endpointUrl of session ${(before ?? after).sessionName}${url === undefined ? '' : ` to ${url}`}.`,
    next:
      before === undefined
        ? 'Add the session without it, and then run: ' + `stint session edit ${name} ${flag}`
        : `Run: stint session edit ${name} ${flag}`,
  });
}

/** Throws Problem 'owner-only' for the answer that lets Stint run a program. Anybody may cancel it. */
export function requireOwnerForAnswer(
  by: Principal,
  prompt: Prompt | undefined,
  answer: PromptAnswer,
): void {
  if (by.role === 'owner' || prompt?.kind !== 'confirm' || 'cancel' in answer) return;
  throw new Problem('owner-only', {
    detail: `Only you can allow a program. ${prompt.text}`,
    next: `Run: stint prompt answer ${prompt.promptId}`,
    ...(prompt.sessionId === undefined ? {} : { sessionId: prompt.sessionId }),
  });
}

/** Throws Problem 'owner-only' for a screen: a browser that signs in would be shown on it. */
export function requireOwnerForScreen(by: Principal, { kind }: Connection): void {
  if (by.role === 'owner' && kind === 'socket') return;
  throw new Problem('owner-only', {
    detail: 'Only you can decide on which screen a sign-in window opens.',
    next: 'Leave out `screen`, or run: stint start NAME',
  });
}

/** Throws Problem 'owner-only' for files to import from: Stint would read any file of the user. */
export function requireOwnerForFiles(by: Principal, { from, files }: ImportRequest): void {
  if (by.role === 'owner' || files === undefined) return;
  throw new Problem('owner-only', {
    detail: `Only you can name the files to import from: ${Object.values(files).join(', ')}.`,
    next: `Leave out \`files\`, or run: stint import ${from}`,
  });
}

/**
 * Why a session of an export that somebody else than the owner sent is not made: it says where it signs in.
 * The rest of the export is.
 */
export function refusedInImport(
  by: Principal,
  { content }: ImportRequest,
): ((fields: SessionFields) => string | undefined) | undefined {
  if (by.role === 'owner' || content === undefined) return undefined;
  return (fields) => {
    const url = endpointUrlOf(fields);
    return url === undefined
      ? undefined
      : `Only you can decide where credentials go: it sets endpointUrl to ${url}. Run: stint import stint --file ${asWord(content.name)} --apply`;
  };
}

function settingCommand([name, value]: readonly [string, unknown]): string {
  const typed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return value === null
    ? `stint settings unset ${typed}`
    : `stint settings set ${typed} ${asWord(asText(value))}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** As one word of a shell's line. */
function asWord(text: string): string {
  return /^[\w./:@%+=,~-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
