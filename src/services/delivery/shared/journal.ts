import { readFile, rename } from 'node:fs/promises';
import * as z from 'zod';
import { Problem } from '../../../models/problem.ts';
import { checkedJson, readCheckedJson } from '../../files/checked-json.ts';
import { replaceFile } from '../../files/private-file.ts';
import type { Leftover } from '../delivery.ts';
import { exists } from './user-file/exists.ts';
import { codeOf } from './user-file/error-code.ts';

/** Each list has one row for each thing. */
export interface JournalState<Written, Stash, Made> {
  /** What of ours is in the user's files, or is about to be. */
  readonly written: readonly Written[];
  /** What of the user's is in the vault until it is restored. */
  readonly stashed: readonly Stash[];
  /** What Stint made around its entries, and removes with the last. */
  readonly made: readonly Made[];
}

const empty = { written: [], stashed: [], made: [] };

type Edit<State> = (state: State) => State;

interface JournalOptions<Written, Stash, Made> {
  /** In Stint's home. */
  readonly file: string;
  /** Version 1, the only one there is. Encodes to what is on disk. */
  readonly schema: z.ZodType<JournalState<Written, Stash, Made>, object>;
  /** What is known without the journal, where that is damaged or cannot be read. */
  readonly known: () => Promise<Partial<JournalState<Written, Stash, Made>>>;
}

/**
 * What Stint has in the user's files, written down before it is put there, so that a crash leaves
 * nothing unknown. Names and places only, nothing secret. A journal that cannot be read is never
 * taken for an empty one, nor written over: it may be the only record of what was stashed.
 */
export class Journal<Written, Stash, Made> {
  readonly #options: JournalOptions<Written, Stash, Made>;
  #state: JournalState<Written, Stash, Made> | undefined;
  #unreadable: Problem | undefined;
  /** Edits since the journal could not be read, to be made once it can. */
  #missed: Edit<JournalState<Written, Stash, Made>>[] = [];

  constructor(options: JournalOptions<Written, Stash, Made>) {
    this.#options = options;
  }

  /** Reads the journal. Throws Problem 'file-unreadable'. */
  async open(): Promise<void> {
    if (this.#state !== undefined && this.#unreadable === undefined) return;
    this.#state = undefined;
    const state = await this.#load();
    this.#unreadable = undefined;
    this.#state = this.#missed.reduce((before, edit) => edit(before), state);
    this.#missed = [];
  }

  /**
   * Reads the journal, or gathers what is known without it. Returns a leftover for `sessionId` then,
   * as the journal may list more.
   */
  async openOrRecover(sessionId: string): Promise<readonly Leftover[]> {
    try {
      await this.open();
      return [];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#unreadable = error;
      this.#state = { ...empty, ...(await this.#options.known()) };
      const reason = `${error.message} ${error.details.next}`;
      return [{ sessionId, file: this.#options.file, what: 'journal', reason }];
    }
  }

  /** Throws Problem 'file-unreadable' where neither `open` nor `openOrRecover` came before. */
  async state(): Promise<JournalState<Written, Stash, Made>> {
    if (this.#state === undefined) await this.open();
    return this.#state ?? empty;
  }

  /** Throws Problem 'file-unreadable', 'file-unwritable'; nothing is changed then. */
  async change(edit: Edit<JournalState<Written, Stash, Made>>): Promise<void> {
    await this.open();
    const before = await this.state();
    const after = edit(before);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    const content = z.encode(this.#options.schema, after);
    await replaceFile(this.#options.file, checkedJson(content));
    this.#state = after;
  }

  /**
   * For what is done already. Where the journal cannot be written, it is right in memory at least,
   * and the next sweep finds that a row too many on disk is done.
   */
  async note(edit: Edit<JournalState<Written, Stash, Made>>): Promise<void> {
    if (this.#unreadable !== undefined) {
      this.#missed.push(edit);
      this.#state = edit(await this.state());
      return;
    }
    try {
      await this.change(edit);
    } catch {
      this.#state = edit(await this.state());
    }
  }

  async #load(): Promise<JournalState<Written, Stash, Made>> {
    const { file, schema } = this.#options;
    let text;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return empty;
      throw unreadable(file, error as Error);
    }
    const content = readCheckedJson(text);
    if (isNewer(content)) throw ofNewerVersion(file);
    const state = schema.safeParse(content);
    if (state.success) return state.data;
    await this.#keepDamaged();
    return { ...empty, ...(await this.#options.known()) };
  }

  /** Throws Problem 'file-unreadable'. */
  async #keepDamaged(): Promise<void> {
    const { file } = this.#options;
    let kept = `${file}.damaged`;
    for (let number = 2; await exists(kept); number += 1) kept = `${file}.damaged-${number}`;
    try {
      await rename(file, kept);
    } catch (error) {
      throw unreadable(file, error as Error);
    }
  }
}

function isNewer(content: unknown): boolean {
  return z.object({ version: z.number().int().min(2) }).safeParse(content).success;
}

function unreadable(file: string, cause: Error): Problem {
  return new Problem('file-unreadable', {
    detail: `Stint's clean-up journal ${file} cannot be read: ${cause.message}.`,
    next: `Make ${file} a file that your user can read and write, then try again.`,
    cause,
  });
}

function ofNewerVersion(file: string): Problem {
  return new Problem('file-unreadable', {
    detail: `Stint's clean-up journal ${file} cannot be read: a newer version of Stint wrote it.`,
    next: `Update Stint to the newer version that wrote ${file}.`,
  });
}
