import { readFile, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { replaceFile } from '../../files/private-file.ts';

/**
 * What Stint has in files of the user's, written down before it is put there, so that no crash
 * leaves something nobody knows of. Names and places only, nothing secret.
 */
export class Journal<State extends object> {
  readonly #file: string;
  readonly #schema: z.ZodType<State>;
  readonly #empty: State;
  #state: State | undefined;

  /** `schema`: of version 1, the only one there is. */
  constructor(options: {
    readonly file: string;
    readonly schema: z.ZodType<State>;
    readonly empty: State;
  }) {
    this.#file = options.file;
    this.#schema = options.schema;
    this.#empty = options.empty;
  }

  async state(): Promise<State> {
    this.#state ??= await this.#load();
    return this.#state;
  }

  /** Throws Problem 'file-unwritable'; then nothing changed. */
  async change(edit: (state: State) => State): Promise<void> {
    const before = await this.state();
    const after = edit(before);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await replaceFile(this.#file, `${JSON.stringify({ version: 1, ...after }, null, 2)}\n`);
    this.#state = after;
  }

  /**
   * For what is done already: where the journal cannot be written, it is right in memory at least,
   * and a row too many on disk is found to be done at the next reconcile.
   */
  async note(edit: (state: State) => State): Promise<void> {
    try {
      await this.change(edit);
    } catch {
      this.#state = edit(await this.state());
    }
  }

  /** A journal that is damaged is set aside: the marks in the files and the vault still tell a lot. */
  async #load(): Promise<State> {
    let text;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch {
      return this.#empty;
    }
    try {
      const content: unknown = JSON.parse(text);
      if ((content as { version?: unknown } | null)?.version !== 1)
        throw new Error('not version 1');
      return this.#schema.parse(content);
    } catch {
      await rename(this.#file, `${this.#file}.damaged`).catch(() => undefined);
      return this.#empty;
    }
  }
}
