import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { replaceFile } from '../files/private-file.ts';

const sectionRow = z.object({
  sessionId: z.string(),
  file: z.string(),
  profileName: z.string(),
  /** Fingerprints of the access key ids written, the latest last. */
  keys: z.array(z.string()).readonly(),
});

const putAsideRow = z.object({
  /** Names the place in the file, and with `sessionId` the secret in the vault. */
  id: z.string(),
  sessionId: z.string(),
  file: z.string(),
  profileName: z.string(),
  count: z.number().int().positive(),
});

const madeRow = z.object({
  file: z.string(),
  /** The topmost folder that was made for it. */
  folder: z.string().optional(),
});

const journalSchema = z.object({
  version: z.literal(1),
  sections: z.array(sectionRow).readonly(),
  putAside: z.array(putAsideRow).readonly(),
  made: z.array(madeRow).readonly(),
});

/** A section of ours that stands in a file, or is about to. */
export type SectionRow = Readonly<z.infer<typeof sectionRow>>;
/** Sections of the user's that wait in the vault. */
export type PutAsideRow = Readonly<z.infer<typeof putAsideRow>>;
/** A file that is ours alone, and goes with its last section. */
export type MadeRow = Readonly<z.infer<typeof madeRow>>;
export type JournalState = Omit<Readonly<z.infer<typeof journalSchema>>, 'version'>;

const empty: JournalState = { sections: [], putAside: [], made: [] };

/**
 * What Stint has in the user's AWS files, written down before it is put there, so that no crash
 * leaves something nobody knows of. Names and places only, nothing secret.
 */
export class CleanupJournal {
  readonly #file: string;
  #state: JournalState | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async state(): Promise<JournalState> {
    this.#state ??= await load(this.#file);
    return this.#state;
  }

  /** Throws Problem 'file-unwritable'; then nothing changed. */
  async change(edit: (state: JournalState) => JournalState): Promise<void> {
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
  async note(edit: (state: JournalState) => JournalState): Promise<void> {
    try {
      await this.change(edit);
    } catch {
      this.#state = edit(await this.state());
    }
  }
}

/** A journal that is damaged is set aside: the marks in the files and the vault still tell a lot. */
async function load(file: string): Promise<JournalState> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return empty;
  }
  try {
    const { sections, putAside, made } = journalSchema.parse(JSON.parse(text));
    return { sections, putAside, made };
  } catch {
    await rename(file, `${file}.damaged`).catch(() => undefined);
    return empty;
  }
}
