import { StsFault, validationError } from './fault.ts';
import type { Parameters } from './parameters.ts';

/** The constraints an action's page gives for a parameter: length or number, and pattern. */
export interface Constraint {
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** As STS shows it in its refusal; the whole value has to match. */
  readonly pattern?: string;
  /** The value is not repeated in a refusal. */
  readonly sensitive?: boolean;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Checks an action's parameters and answers every violation at once, worded as AWS does. Reading
 * continues after a violation; `end` throws.
 */
export class ConstraintCheck {
  readonly #parameters: Parameters;
  readonly #violations: string[] = [];

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  /** A text parameter; `''` in place of a required one that is missing, which `end` refuses. */
  text(name: string, constraint: Constraint & { readonly required: true }): string;
  text(name: string, constraint: Constraint): string | undefined;
  text(name: string, constraint: Constraint): string | undefined {
    const value = this.#parameters.get(name);
    if (value !== undefined) {
      this.value(name, value, constraint);
      return value;
    }
    if (constraint.required !== true) return undefined;
    this.#violations.push(
      `Value null at '${memberPath(name)}' failed to satisfy constraint: Member must not be null`,
    );
    return '';
  }

  /** A value read elsewhere, such as a member of a list. */
  value(name: string, value: string, constraint: Constraint): void {
    const { minLength = 0, maxLength = Infinity, pattern, sensitive } = constraint;
    const shown = sensitive === true ? '' : ` '${value}'`;
    const refuse = (why: string) =>
      this.#violations.push(
        `Value${shown} at '${memberPath(name)}' failed to satisfy constraint: Member must ${why}`,
      );
    if (value.length < minLength) refuse(`have length greater than or equal to ${minLength}`);
    if (value.length > maxLength) refuse(`have length less than or equal to ${maxLength}`);
    if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) {
      refuse(`satisfy regular expression pattern: ${pattern}`);
    }
  }

  /** The number of a list's members. */
  count(name: string, members: readonly unknown[], max: number): void {
    if (members.length > max) {
      this.#violations.push(
        `Value at '${memberPath(name)}' failed to satisfy constraint: ` +
          `Member must have length less than or equal to ${max}`,
      );
    }
  }

  /** A whole number. @throws StsFault MalformedInput if it is not one */
  integer(name: string, { min, max }: Range, byDefault: number): number {
    const text = this.#parameters.get(name);
    if (text === undefined) return byDefault;
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) {
      throw new StsFault(400, 'MalformedInput', 'NumberFormatException: not a number');
    }
    const refuse = (bound: string) =>
      this.#violations.push(
        `Value '${text}' at '${memberPath(name)}' failed to satisfy constraint: ` +
          `Member must have value ${bound}`,
      );
    if (value < min) refuse(`greater than or equal to ${min}`);
    if (value > max) refuse(`less than or equal to ${max}`);
    return value;
  }

  /** @throws StsFault ValidationError naming every violation */
  end(): void {
    const count = this.#violations.length;
    if (count === 0) return;
    throw validationError(
      `${count} validation error${count === 1 ? '' : 's'} detected: ${this.#violations.join('; ')}`,
    );
  }
}

/** AWS names members in camel case: `durationSeconds`, `tags.1.member.key`. */
function memberPath(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
