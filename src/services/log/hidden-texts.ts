/** Texts under this many characters are not hidden: they are part of half of all words. */
const shortest = 4;
/** So many characters are enough to know a secret that was cut off. */
const enough = 24;
/** A longer token is known by its beginning: what follows is removed with it. */
const known = 100;
/** How many secrets are remembered: credentials change, and the oldest have long expired. */
const remembered = 5000;
const token = /^[\w+/=.~%-]*$/;
const restOfToken = /[\w+/=.~%-]*/y;

/** Secrets, found in a text in every spelling they may have. */
export class HiddenTexts {
  readonly #spellings = new Map<string, ReadonlySet<string>>();
  /** The same by their first characters, so that a text is read once however many there are. */
  readonly #byStart = new Map<string, Set<string>>();

  add(secret: string): void {
    if (secret.length < shortest) return;
    const start = token.test(secret) ? secret.slice(0, known) : secret;
    const spellings = this.#spellings.get(start) ?? spellingsOf(start);
    const isNew = !this.#spellings.delete(start);
    this.#spellings.set(start, spellings);
    if (!isNew) return;
    for (const spelling of spellings) {
      const key = spelling.slice(0, shortest);
      this.#byStart.set(key, (this.#byStart.get(key) ?? new Set()).add(spelling));
    }
    const [oldest] = this.#spellings.keys();
    if (this.#spellings.size > remembered && oldest !== undefined) this.#forget(oldest);
  }

  replaceIn(text: string, replacement: string): string {
    if (this.#byStart.size === 0) return text;
    let result = '';
    let from = 0;
    for (let at = 0; at + shortest <= text.length;) {
      const end = this.#endOfSecret(text, at);
      if (end === undefined) at += 1;
      else {
        result += text.slice(from, at) + replacement;
        at = from = end;
      }
    }
    return result + text.slice(from);
  }

  /** Where the secret that begins at `at` ends, the longest where several do. */
  #endOfSecret(text: string, at: number): number | undefined {
    let longest = 0;
    let isCut = false;
    for (const spelling of this.#byStart.get(text.slice(at, at + shortest)) ?? []) {
      const length = commonLength(spelling, text, at);
      if (length <= longest || length < Math.min(enough, spelling.length)) continue;
      longest = length;
      isCut = length === spelling.length && length >= known;
    }
    if (longest === 0 || !isCut) return longest === 0 ? undefined : at + longest;
    restOfToken.lastIndex = at + longest;
    return at + longest + (restOfToken.exec(text)?.[0].length ?? 0);
  }

  #forget(secret: string): void {
    const spellings = this.#spellings.get(secret) ?? [];
    this.#spellings.delete(secret);
    for (const spelling of spellings) {
      const key = spelling.slice(0, shortest);
      this.#byStart.get(key)?.delete(spelling);
      if (this.#byStart.get(key)?.size === 0) this.#byStart.delete(key);
    }
  }
}

/** How many characters `spelling` and the text from `at` on begin with alike. */
function commonLength(spelling: string, text: string, at: number): number {
  let length = 0;
  while (length < spelling.length && spelling[length] === text[at + length]) length += 1;
  return length;
}

/** A secret as written, and as it looks inside JSON, a URL, base64 or hexadecimal digits. */
function spellingsOf(secret: string): ReadonlySet<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const inside = insideBase64(bytes, offset);
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  const all = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    url,
    url.replaceAll('%20', '+'),
    ...base64,
    hex,
    hex.toUpperCase(),
  ];
  return new Set(all.filter((spelling) => spelling.length >= shortest));
}

/** The characters of base64 that the bytes alone decide after `offset` other bytes. */
function insideBase64(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}
