import { Problem } from '../../models/problem.ts';
import type { Principal } from '../../models/scope.ts';
import { sessionFieldsSchema, type SessionFields } from '../../models/session-fields.ts';
import { keptFieldNames } from '../../models/session.ts';
import { parse } from '../field-errors.ts';
import { mergePatch } from '../merge-patch.ts';

/** A change of the current fields, for `SessionService.update`. */
export type Edit = (fields: SessionFields) => SessionFields;

/** PUT: `body` in full, without what Stint keeps itself. */
export function replaceWith(body: object, by: Principal): Edit {
  const sent = Object.entries(body).filter(([name]) => !keptFieldNames.includes(name));
  const fields = parse(sessionFieldsSchema, Object.fromEntries(sent));
  return (before) => allowed(before, fields, by);
}

/** PATCH: `patch` merged into the fields when its turn comes. */
export function mergeWith(patch: object, by: Principal): Edit {
  return (before) => allowed(before, parse(sessionFieldsSchema, mergePatch(before, patch)), by);
}

/**
 * `mfaCommand` is code that runs as the user: only the owner sets it. Others may keep or
 * remove it. Throws Problem 'scope-missing'.
 */
export function allowed(
  before: SessionFields | undefined,
  after: SessionFields,
  by: Principal,
): SessionFields {
  const command = commandOf(after);
  if (command !== undefined && command !== commandOf(before) && by.role !== 'owner') {
    throw new Problem('scope-missing', {
      detail: `Only the owner can set mfaCommand, which is a command that Stint runs, not ${by.subject}.`,
      next: 'Set it with the `stint` command.',
    });
  }
  return after;
}

function commandOf(fields: SessionFields | undefined): string | undefined {
  const command = fields?.type === 'awsIamUser' ? fields.mfaCommand : undefined;
  return command && JSON.stringify(command);
}
