import type { Choice } from './choice.ts';
import type { Tag } from './tags.ts';

/** What is in a field: a text, a list of texts, or tags. */
export type FieldValue = string | readonly string[] | readonly Tag[];

/** What is in the fields of a form, by the name of the field. */
export type Values = Readonly<Record<string, FieldValue>>;

/** What is wrong with each field, as a sentence, by the name of the field. */
export type FieldErrors = Readonly<Record<string, string>>;

interface EveryField {
  readonly name: string;
  readonly label: string;
  /** What to enter, as a sentence; shown when the field is empty or its value malformed. */
  readonly ask?: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  /** Half a line wide. */
  readonly narrow?: true;
  /** Shown, but not editable. */
  readonly fixed?: boolean;
}

/** One line. A `number` is a whole number, a `duration` such as `12 h` is sent in seconds. */
export interface TextField extends EveryField {
  readonly kind: 'text' | 'number' | 'duration';
  /** Masked, and forgotten when the form closes. */
  readonly secret?: true;
}

/** Several lines. */
export interface LinesField extends EveryField {
  readonly kind: 'lines';
  readonly secret?: true;
  /** The types of file it can be read from, as `<input accept>` takes them; none if omitted. */
  readonly fileTypes?: string;
}

export interface SelectField extends EveryField {
  readonly kind: 'select';
  readonly choices: readonly Choice[];
  /** The text of no choice; one is always made if omitted. */
  readonly none?: string;
  /** Something to choose can be added from here. */
  readonly canAdd?: boolean;
}

/** A choice among many, found by typing. */
export interface SearchField extends EveryField {
  readonly kind: 'search';
  readonly choices: readonly Choice[];
  /** The choices are offers: anything else can be typed as well. */
  readonly free?: true;
}

/** Any number of texts. */
export interface ListField extends EveryField {
  readonly kind: 'list';
}

/** Names with their values. */
export interface TagsField extends EveryField {
  readonly kind: 'tags';
}

export type FormField = TextField | LinesField | SelectField | SearchField | ListField | TagsField;

export interface FormGroup {
  readonly title?: string;
  readonly about?: string;
  /** Collapsed until opened, or until a field in it has a value or an error. */
  readonly folded?: true;
  readonly fields: readonly FormField[];
}

/** The text in a field, without surrounding blanks; empty where there is none. */
export function textIn(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The texts in a list field, without empty ones. */
export function listIn(values: Values, name: string): readonly string[] {
  return itemsIn(values, name)
    .filter((item) => typeof item === 'string')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The tags in a tags field, rows that are still empty included. */
export function tagsIn(values: Values, name: string): readonly Tag[] {
  return itemsIn(values, name).filter((item) => typeof item !== 'string');
}

function itemsIn(values: Values, name: string): readonly (string | Tag)[] {
  const value = values[name] ?? [];
  return typeof value === 'string' ? [] : value;
}

export function isEmpty(values: Values, name: string): boolean {
  return textIn(values, name) === '' && itemsIn(values, name).length === 0;
}

/** The texts of all fields that have one, without surrounding blanks. */
export function textsIn(values: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(values).flatMap((name) => {
      const text = textIn(values, name);
      return text === '' ? [] : [[name, text]];
    }),
  );
}
