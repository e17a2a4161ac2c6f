import { fieldErrorsText } from '../../models/field-errors.ts';
import { Problem } from '../../models/problem.ts';

/** Why the rules of a service refuse what the files say, as a sentence. Throws any other error. */
export function refusal(error: unknown): string {
  if (!(error instanceof Problem)) throw error;
  const { errors, detail } = error.details;
  return errors === undefined ? detail : `Not valid here: ${fieldErrorsText(errors)}.`;
}
