import { NotUnderstood } from '../user-file/understood.ts';

/*
 * JSON with the places of everything in its text, so that one entry can be changed while each other
 * character stays (RFC 8259, and the three number words that Python's json module takes besides).
 */

interface Span {
  readonly from: number;
  /** Behind the last character. */
  readonly to: number;
}

export interface JsonScalar extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface JsonArray extends Span {
  readonly kind: 'array';
  readonly children: readonly JsonNode[];
}

/** From the key to the end of the value. */
export interface JsonMember extends Span {
  readonly key: string;
  readonly keyTo: number;
  readonly value: JsonNode;
}

export interface JsonObject extends Span {
  readonly kind: 'object';
  readonly children: readonly JsonMember[];
}

export type JsonNode = JsonScalar | JsonArray | JsonObject;
export type JsonContainer = JsonArray | JsonObject;

/** Deeper than any file of a tool, and far less than what the stack holds. */
const deepest = 200;

const spaces = /[ \t\n\r]*/y;
const stringToken = /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y;
const numberToken = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)/y;
const wordToken = /true|false|null|NaN|Infinity/y;
const words = new Map<string, boolean | null | number>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
]);

/** Throws NotUnderstood. */
export function parseJson(text: string): JsonNode {
  const reader = new Reader(text);
  const root = reader.value(0);
  reader.end();
  return root;
}

/** Throws NotUnderstood, also where the text is anything else than an object. */
export function parseJsonObject(text: string): JsonObject {
  const root = parseJson(text);
  if (root.kind !== 'object') {
    throw new NotUnderstood(1, 'begins with something else than an object');
  }
  return root;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#take(spaces);
    if (depth > deepest) throw this.#wrong('nests too deeply');
    if (this.#text[this.#at] === '{') return this.#object(depth);
    if (this.#text[this.#at] === '[') return this.#array(depth);
    return this.#scalar();
  }

  end(): void {
    this.#take(spaces);
    if (this.#at < this.#text.length) throw this.#wrong('goes on behind the end of the JSON');
  }

  #object(depth: number): JsonObject {
    const from = this.#at;
    const children: JsonMember[] = [];
    this.#at += 1;
    while (this.#goesOn('}', children.length)) {
      const start = this.#at;
      const key = this.#string();
      const keyTo = this.#at;
      this.#take(spaces);
      if (this.#text[this.#at] !== ':') throw this.#wrong('has no colon behind the name');
      this.#at += 1;
      const value = this.value(depth + 1);
      children.push({ from: start, to: value.to, key, keyTo, value });
    }
    return { kind: 'object', from, to: this.#at, children };
  }

  #array(depth: number): JsonArray {
    const from = this.#at;
    const children: JsonNode[] = [];
    this.#at += 1;
    while (this.#goesOn(']', children.length)) children.push(this.value(depth + 1));
    return { kind: 'array', from, to: this.#at, children };
  }

  /** Whether another child follows; takes the comma before it, or the closing bracket. */
  #goesOn(closing: string, before: number): boolean {
    this.#take(spaces);
    const next = this.#text[this.#at];
    if (next === closing) {
      this.#at += 1;
      return false;
    }
    if (before === 0) return true;
    if (next !== ',') throw this.#wrong(`has neither a comma nor "${closing}"`);
    this.#at += 1;
    this.#take(spaces);
    return true;
  }

  #scalar(): JsonScalar {
    const from = this.#at;
    if (this.#text[from] === '"') {
      const value = this.#string();
      return { kind: 'scalar', from, to: this.#at, value };
    }
    const word = this.#take(wordToken);
    if (word !== undefined) {
      return { kind: 'scalar', from, to: this.#at, value: words.get(word) ?? null };
    }
    const number = this.#take(numberToken);
    if (number === undefined) throw this.#wrong('has no value');
    return { kind: 'scalar', from, to: this.#at, value: Number(number) };
  }

  #string(): string {
    const token = this.#take(stringToken);
    if (token === undefined) throw this.#wrong('has no string in double quotes that ends');
    try {
      return JSON.parse(token) as string;
    } catch {
      throw this.#wrong('has a string before it with a line break or another control character');
    }
  }

  /** What `token` matches here, if it does; nothing is taken otherwise. */
  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const match = token.exec(this.#text);
    if (match === null) return undefined;
    this.#at = token.lastIndex;
    return match[0];
  }

  #wrong(what: string): NotUnderstood {
    const lines = this.#text.slice(0, this.#at).split(/\r\n|\r|\n/);
    return new NotUnderstood(lines.length, `${what} (column ${(lines.at(-1)?.length ?? 0) + 1})`);
  }
}
