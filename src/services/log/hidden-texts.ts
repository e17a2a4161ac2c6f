import { decodings } from './decoded.ts';
import { CleanTexts } from './clean-texts.ts';
import { SortedTexts } from './sorted-texts.ts';

/** Texts under this many characters are not hidden: they are part of half of all words. */
const shortest = 4;
/** So many characters are enough to know a secret that was cut off. */
const enough = 24;
/** A longer token is known by its beginning: what follows is removed with it. */
const known = 100;
/** How many secrets are remembered beside those for good: credentials change, and the oldest have long expired. */
const remembered = 5000;
const token = /^[\w+/=.~%-]*$/;
const restOfToken = /[\w+/=.~%-]*/y;

/** From the first character of a secret to the one after its last. */
type Range = readonly [from: number, to: number];

/**
 * Secrets, found in a text in every spelling they may have. What that costs depends on the length of the
 * text and not on how many secrets there are, nor on how alike they begin.
 */
export class HiddenTexts {
  /** What is searched for of each secret, the oldest first. */
  readonly #spellings = new Map<string, ReadonlySet<string>>();
  /** How many spellings begin with these first characters. */
  readonly #starts = new Map<string, number>();
  /** How many secrets have each one with less than `enough` characters, by their length. */
  readonly #short = new Map<number, Map<string, number>>();
  /** All others, by their first `enough` characters. */
  readonly #long = new Map<string, SortedTexts>();
  readonly #clean = new CleanTexts();
  /** Which secrets are never forgotten. */
  readonly #forGood = new Set<string>();

  /** `isForGood`: it does not expire while this process runs. */
  add(secret: string, { isForGood = false }: { readonly isForGood?: boolean } = {}): void {
    if (secret.length < shortest) return;
    const start = token.test(secret) ? secret.slice(0, known) : secret;
    if (isForGood) this.#forGood.add(start);
    const spellings = this.#spellings.get(start) ?? spellingsOf(start);
    const isNew = !this.#spellings.delete(start);
    this.#spellings.set(start, spellings);
    if (!isNew) return;
    this.#clean.forget();
    for (const spelling of spellings) this.#remember(spelling);
    if (this.#spellings.size - this.#forGood.size > remembered) this.#forgetOldest();
  }

  replaceIn(text: string, replacement: string): string {
    if (this.#spellings.size === 0 || this.#clean.has(text)) return text;
    const ranges = [...this.#rangesIn(text)];
    for (const { text: read, starts, ends } of decodings(text)) {
      for (const [from, to] of this.#rangesIn(read)) {
        ranges.push([starts[from] ?? 0, ends[to - 1] ?? text.length]);
      }
    }
    if (ranges.length === 0) {
      this.#clean.add(text);
      return text;
    }
    let result = '';
    let end = 0;
    for (const [from, to] of ranges.sort(([one], [other]) => one - other)) {
      if (from >= end) result += text.slice(end, from) + replacement;
      end = Math.max(end, to);
    }
    return result + text.slice(end);
  }

  *#rangesIn(text: string): Iterable<Range> {
    for (let at = 0; at + shortest <= text.length;) {
      const end = this.#endOfSecret(text, at);
      if (end !== undefined) yield [at, end];
      at = end ?? at + 1;
    }
  }

  /** Where the secret that begins at `at` ends, the longest where several do. */
  #endOfSecret(text: string, at: number): number | undefined {
    if (!this.#starts.has(text.slice(at, at + shortest))) return undefined;
    const long = this.#long.get(text.slice(at, at + enough))?.longestIn(text, at);
    if (long !== undefined) {
      restOfToken.lastIndex = at + long.length;
      const isCut = long.isWhole && long.length >= known;
      return restOfToken.lastIndex + (isCut ? (restOfToken.exec(text)?.[0].length ?? 0) : 0);
    }
    let longest = 0;
    for (const [length, spellings] of this.#short) {
      if (length > longest && spellings.has(text.slice(at, at + length))) longest = length;
    }
    return longest === 0 ? undefined : at + longest;
  }

  #remember(spelling: string): void {
    const start = spelling.slice(0, shortest);
    this.#starts.set(start, (this.#starts.get(start) ?? 0) + 1);
    if (spelling.length < enough) {
      const alike = this.#short.get(spelling.length) ?? new Map<string, number>();
      this.#short.set(spelling.length, alike.set(spelling, (alike.get(spelling) ?? 0) + 1));
      return;
    }
    const beginning = spelling.slice(0, enough);
    const alike = this.#long.get(beginning) ?? new SortedTexts();
    alike.add(spelling);
    this.#long.set(beginning, alike);
  }

  #forgetOldest(): void {
    for (const secret of this.#spellings.keys()) {
      if (this.#forGood.has(secret)) continue;
      this.#forget(secret);
      return;
    }
  }

  #forget(secret: string): void {
    const spellings = this.#spellings.get(secret) ?? [];
    this.#spellings.delete(secret);
    for (const spelling of spellings) {
      const start = spelling.slice(0, shortest);
      const left = (this.#starts.get(start) ?? 1) - 1;
      if (left > 0) this.#starts.set(start, left);
      else this.#starts.delete(start);
      const alike = this.#short.get(spelling.length);
      const others = (alike?.get(spelling) ?? 1) - 1;
      if (others > 0) alike?.set(spelling, others);
      else alike?.delete(spelling);
      const beginning = spelling.slice(0, enough);
      if (this.#long.get(beginning)?.delete(spelling) === 0) this.#long.delete(beginning);
    }
  }
}

/** A secret as written, and as it looks in a form, in base64 or in hexadecimal digits. */
function spellingsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const inside = insideBase64(bytes, offset);
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  const all = [secret, secret.replaceAll(' ', '+'), ...base64, hex, hex.toUpperCase()];
  return new Set(all.filter((spelling) => spelling.length >= shortest));
}

/** The characters of base64 that the bytes alone decide after `offset` other bytes. */
function insideBase64(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}
