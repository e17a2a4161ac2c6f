import { chmodSync, closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export interface RotatingFileOptions {
  readonly file: string;
  /** A file that has grown to this many bytes is rotated. */
  readonly maxBytes: number;
  /** How many files there are in total: `stint.log`, `stint.log.1`, … */
  readonly files: number;
}

/**
 * A file of lines (0600) of limited size. The system has each line when `write` returns, so that none
 * is lost at exit. Nothing here throws: a full disk costs lines, not the owner.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #descriptor: number | undefined;
  #size = 0;
  /** The last line was cut short: the next one starts on its own line. */
  #cut = false;
  #closed = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  write(line: string): void {
    if (this.#closed) return;
    try {
      const descriptor = this.#opened();
      const bytes = Buffer.from(this.#cut ? `\n${line}` : line);
      const written = writeSync(descriptor, bytes);
      this.#size += written;
      if (written > 0) this.#cut = bytes[written - 1] !== 10;
      if (this.#size >= this.#options.maxBytes) this.#rotate();
    } catch {
      // Nobody can be warned. The next line is tried again.
    }
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  #opened(): number {
    if (this.#descriptor === undefined) {
      const { file } = this.#options;
      const descriptor = openSync(file, 'a', 0o600);
      this.#descriptor = descriptor;
      chmodSync(file, 0o600);
      this.#size = fstatSync(descriptor).size;
    }
    return this.#descriptor;
  }

  #rotate(): void {
    const { file, files } = this.#options;
    this.#release();
    for (let number = files - 1; number >= 1; number -= 1) {
      const from = number === 1 ? file : `${file}.${number - 1}`;
      try {
        renameSync(from, `${file}.${number}`);
      } catch {
        // There are fewer files.
      }
    }
  }

  #release(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
