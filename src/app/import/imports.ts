import { inject, Injectable, signal } from '@angular/core';
import {
  importSources,
  type ImportAnswer,
  type ImportContent,
  type ImportSource,
  type ImportUndoAnswer,
} from '../../models/import.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { problemText, type ProblemText } from '../toasts/problem-text.ts';

/** What was found of a tool, or why it cannot be read. */
export interface FoundSource {
  readonly from: ImportSource;
  readonly title: string;
  readonly answer?: ImportAnswer;
  readonly failure?: ProblemText;
}

/** Tools whose files the owner finds by itself; an export is a file that a person chooses. */
export const readableSources = (Object.keys(importSources) as readonly ImportSource[]).filter(
  (from) => from !== 'stint',
);

/** Reads what other tools have set up on this machine, and imports it. */
@Injectable()
export class Imports {
  readonly #client = inject(OwnerClient).client;
  readonly #found = signal<readonly FoundSource[] | undefined>(undefined);
  /** Undefined while the tools' files are being read. */
  readonly found = this.#found.asReadonly();

  /** Reads the files of every tool; tools without files are not listed. Never rejects. */
  async find(): Promise<void> {
    const all = await Promise.all(readableSources.map((from) => this.#read(from)));
    this.#found.set(
      all.filter(
        ({ answer, failure }) =>
          failure !== undefined || answer?.files.some(({ found }) => found) === true,
      ),
    );
  }

  /** A dry run unless `apply`. Throws what the owner answers. */
  async run(
    from: ImportSource,
    { withKeys, apply }: { readonly withKeys: boolean; readonly apply: boolean },
  ): Promise<ImportAnswer> {
    return await this.#client.request('POST', '/v1/import', { body: { from, withKeys, apply } });
  }

  /** What is in an export of Stint; a dry run unless `apply`. Throws what the owner answers. */
  async runExport(
    content: ImportContent,
    { apply }: { readonly apply: boolean },
  ): Promise<ImportAnswer> {
    return await this.#client.request('POST', '/v1/import', {
      body: { from: 'stint', content, withKeys: false, apply },
    });
  }

  /** Takes the last import back; a dry run unless `apply`. Throws what the owner answers. */
  async undo(apply: boolean): Promise<ImportUndoAnswer> {
    return await this.#client.request('POST', '/v1/import/undo', { body: { apply } });
  }

  async #read(from: ImportSource): Promise<FoundSource> {
    const { title } = importSources[from];
    try {
      return { from, title, answer: await this.run(from, { withKeys: false, apply: false }) };
    } catch (error) {
      return { from, title, failure: problemText(error) };
    }
  }
}
