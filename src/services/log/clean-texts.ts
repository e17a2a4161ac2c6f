/** Longer texts hardly come twice. */
const longest = 64;
const most = 500;

/**
 * Short texts that hold no secret: the lines of a log repeat the names of their fields, their operations and
 * ids. To be forgotten with each new secret.
 */
export class CleanTexts {
  readonly #texts = new Set<string>();

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > longest) return;
    if (this.#texts.size >= most) this.forget();
    this.#texts.add(text);
  }

  forget(): void {
    this.#texts.clear();
  }
}
