import { parseArn } from '../../models/arn.ts';
import { otherNames } from '../../models/session-names.ts';
import { searchable } from '../../models/spelling.ts';
import type { Session } from '../connection/owner-client.ts';
import { typeText } from './session-text.ts';

/** A word of a search: a session matches if it has all texts of one alternative. */
type Word = readonly (readonly string[])[];

/** The text of a session the last time, and `more` then. */
const texts = new WeakMap<
  Session,
  { readonly more: readonly (string | undefined)[]; readonly text: string }
>();

/** The words of a search. Hyphens in account ids do not matter, and an ARN also means its account and role. */
export function searchWords(query: string): readonly Word[] {
  return searchable(query.trim())
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const alternatives = [[word]];
      const digits = word.replaceAll('-', '');
      if (digits !== word && /^\d{4,12}$/.test(digits)) alternatives.push([digits]);
      const arn = parseArn(word.toLowerCase());
      if (arn !== undefined) alternatives.push([arn.accountId, searchable(roleIn(arn.resource))]);
      return alternatives;
    });
}

/** `text`: of a session, by `textOf`. */
export function matchesWords(text: string, words: readonly Word[]): boolean {
  return words.every((alternatives) =>
    alternatives.some((parts) => parts.every((part) => text.includes(part))),
  );
}

/**
 * Every field by which a person looks for a session, and `more`: texts that count too, such as the name of what
 * the session gets its credentials through. Remembered, as other sessions change more often than this one.
 */
export function textOf(session: Session, more: readonly (string | undefined)[]): string {
  const known = texts.get(session);
  if (known?.more.every((one, at) => one === more[at])) return known.text;
  const text = searchable(
    [
      session.sessionName,
      session.sessionId,
      session.region,
      ...session.labels,
      ...otherNames(session),
      typeText(session),
      'mfaSerial' in session ? session.mfaSerial : '',
      'email' in session ? session.email : '',
      ...more,
    ].join('\n'),
  );
  texts.set(session, { more, text });
  return text;
}

/**
 * The name of a role in the resource of an ARN, also of `assumed-role/ROLE/SESSION`, and of the roles that
 * IAM Identity Center makes: `AWSReservedSSO_NAME_HASH` (IAM Identity Center User Guide, "Referencing
 * permission sets").
 */
function roleIn(resource: string): string {
  const parts = resource.split('/');
  const name = (parts[0] === 'assumed-role' ? parts[1] : parts.at(-1)) ?? '';
  return name.replace(/^awsreservedsso_(.+)_[0-9a-f]+$/, '$1');
}
