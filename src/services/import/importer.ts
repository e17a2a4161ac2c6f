import type { ImportOptions } from '../../models/import.ts';
import type { Settings } from '../../models/settings.ts';
import type { Draft } from './draft.ts';

/** Reads what one tool has set up. It changes nothing. */
export interface Importer<Name extends string = string> {
  /** Where the tool keeps its files, unless the caller named another place. */
  files(locations: {
    readonly settings: Settings;
    /** The user's home folder. */
    readonly home: string;
  }): Readonly<Record<Name, string>>;
  /**
   * Throws Problem 'file-unreadable' for a file that is damaged, naming the line. `files`: those of
   * `files`, with the caller's in their place.
   */
  read(input: {
    readonly files: Readonly<Record<Name, string>>;
    readonly settings: Settings;
    readonly reader: FileReader;
    /** Whether long-lived keys are requested, which some tools keep elsewhere. */
    readonly withKeys: boolean;
    readonly options: ImportOptions;
  }): Promise<Draft>;
}

/** Reads files up to 10 MB; remembers which were there. Throws Problem 'file-unreadable'. */
export interface FileReader {
  /** One character a byte; undefined where there is no file. */
  latin1(file: string): Promise<string | undefined>;
  /** UTF-8, without a byte order mark; undefined where there is no file. */
  text(file: string): Promise<string | undefined>;
}
