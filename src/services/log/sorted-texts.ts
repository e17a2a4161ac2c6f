/** Of longer texts, as many characters are compared. */
const mostCompared = 4_096;

/** Texts in order, each as often as it was added, so that the one which another text begins with is next to where it belongs. */
export class SortedTexts {
  readonly #texts: string[] = [];

  add(text: string): void {
    this.#texts.splice(this.#indexOf(text), 0, text);
  }

  /** Once. Returns how many are left. */
  delete(text: string): number {
    const at = this.#indexOf(text);
    if (this.#texts[at] === text) this.#texts.splice(at, 1);
    return this.#texts.length;
  }

  /** How many characters from `at` on are the beginning of one of them, the most of any. */
  longestIn(
    text: string,
    at: number,
  ): { readonly length: number; readonly isWhole: boolean } | undefined {
    const index = this.#indexOf(text.slice(at, at + mostCompared));
    const found = [this.#texts[index - 1], this.#texts[index]]
      .filter((one) => one !== undefined)
      .map((one) => ({ one, length: commonLength(one, text, at) }))
      .sort((a, b) => b.length - a.length)[0];
    return found && { length: found.length, isWhole: found.length === found.one.length };
  }

  /** Where the text is, or belongs. */
  #indexOf(text: string): number {
    let [from, to] = [0, this.#texts.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#texts[middle] ?? '') < text) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

function commonLength(one: string, text: string, at: number): number {
  let length = 0;
  while (length < one.length && one[length] === text[at + length]) length += 1;
  return length;
}
