import { Problem } from '../../models/problem.ts';
import { CommandFailure } from '../failure.ts';

/** What the person typed for each field of a request, such as `--name` for `sessionName`. */
export type TypedNames = Readonly<Record<string, string>>;

/**
 * For `catch`: throws the error again. If the API refused fields of the request, it throws
 * CommandFailure 'usage' instead, with the fields named as the person typed them.
 */
export function rethrowAsTyped(typed: TypedNames): (error: unknown) => never {
  return (error) => {
    const isInvalid = error instanceof Problem && error.code === 'invalid-request';
    const errors = (isInvalid ? error.details.errors : undefined) ?? [];
    if (errors.length === 0) throw error;
    const sentences = errors.map(({ field, message }) => `${typedName(field, typed)} ${message}`);
    throw new CommandFailure('usage', `${sentences.join('; ')}.`, 'Nothing was changed.');
  };
}

/** By the field's path or, for a part of a field such as `labels.0`, by the path above it. */
function typedName(field: string, typed: TypedNames): string {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const name = typed[path];
    if (name !== undefined) return name;
  }
  return field === '' ? 'the request' : field;
}
