import { Problem } from '../../models/problem.ts';
import type { Principal } from '../../models/scope.ts';
import { sessionFieldsSchema, type SessionFields } from '../../models/session-fields.ts';
import { keptFieldNames } from '../../models/session.ts';
import { requireOwnerForEndpoint } from '../owner-only.ts';
import { invalidRequest, parse } from '../field-errors.ts';
import { patched } from '../merge-patch.ts';

/** A change of the current fields, for `SessionService.update`. */
export type Edit = (fields: SessionFields) => SessionFields;

/**
 * PUT: `body` in full, without what Stint keeps itself. A default delivery that comes back
 * unchanged stays the default. `deliveryOf`: the delivery that counts for fields.
 */
export function replaceWith(
  body: object,
  by: Principal,
  deliveryOf: (fields: SessionFields) => string,
): Edit {
  const sent = Object.entries(body).filter(([name]) => !keptFieldNames.includes(name));
  const fields = parse(sessionFieldsSchema, Object.fromEntries(sent));
  return (before) => {
    const isAsRead = before.delivery === undefined && fields.delivery === deliveryOf(before);
    const { delivery, ...others } = fields;
    return allowed(before, isAsRead ? others : fields, by);
  };
}

/** PATCH: `patch` merged into the fields when its turn comes. */
export function mergeWith(patch: object, by: Principal): Edit {
  return (before) => {
    refuseAnotherType(before, patch);
    return allowed(before, patched(sessionFieldsSchema, before, patch, keptFieldNames), by);
  };
}

/** Said first: the fields of the other type would be missing, each of them an error. */
function refuseAnotherType({ type }: SessionFields, patch: object): void {
  if (!('type' in patch) || patch.type === type) return;
  throw invalidRequest([
    {
      field: 'type',
      message: `cannot change: the session is ${type}. Make another session instead`,
    },
  ]);
}

/**
 * `mfaCommand` is code that runs as the user: only the owner sets it. Others may keep or
 * remove it. So is where a session signs in. Throws Problem 'scope-missing', 'owner-only'.
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
  requireOwnerForEndpoint(by, before, after);
  return after;
}

function commandOf(fields: SessionFields | undefined): string | undefined {
  const command = fields?.type === 'awsIamUser' ? fields.mfaCommand : undefined;
  return command && JSON.stringify(command);
}
