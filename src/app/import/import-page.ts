import { Component, computed, inject, signal } from '@angular/core';
import type {
  ImportAnswer,
  ImportContent,
  ImportItem,
  ImportSource,
  ImportUndoAnswer,
  ImportUndoItem,
} from '../../models/import.ts';
import { Problem } from '../../models/problem.ts';
import { Icon } from '../icons/icon.ts';
import { Page } from '../navigation/page.ts';
import { PageFrame } from '../page/page-frame.ts';
import { problemText } from '../toasts/problem-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { readExport, UnsuitableFile } from './export-file.ts';
import { countText, foundText, kindName, outcomeText, undoText } from './import-text.ts';
import { Imports, readableSources, type FoundSource } from './imports.ts';

/** Moves in what other tools have set up: shows first what it would make, and takes it back again. */
@Component({
  selector: 'stint-import-page',
  imports: [Icon, PageFrame],
  providers: [Imports],
  templateUrl: './import-page.html',
  styleUrls: ['../page/page-content.css', './import-page.css'],
  host: {
    '(dragover)': 'hold($event)',
    '(dragleave)': 'isOver.set(false)',
    '(drop)': 'drop($event)',
  },
})
export class ImportPage {
  readonly #toasts = inject(Toasts);
  protected readonly page = inject(Page);
  protected readonly imports = inject(Imports);
  /** The tool whose import is shown. */
  protected readonly shown = signal<ImportAnswer | undefined>(undefined);
  /** The export that is shown, unless what is shown was found on this machine. */
  readonly #chosen = signal<ImportContent | undefined>(undefined);
  /** A file is held over the page. */
  protected readonly isOver = signal(false);
  protected readonly undone = signal<ImportUndoAnswer | undefined>(undefined);
  protected readonly withKeys = signal(false);
  protected readonly working = signal(false);
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly created = computed(
    () => this.shown()?.items.filter(({ outcome }) => outcome === 'create') ?? [],
  );
  protected readonly hasKeys = computed(
    () => this.shown()?.items.some(({ kind }) => kind === 'accessKeys') === true,
  );
  /** What cannot be imported first: it needs a person's eye. */
  protected readonly items = computed(() => {
    const order = { cannot: 0, create: 1, exists: 2 };
    return [...(this.shown()?.items ?? [])].sort((a, b) => order[a.outcome] - order[b.outcome]);
  });

  #last = Promise.resolve();

  constructor() {
    void this.imports.find();
    // From the first page, which lists what was found: `/import/leapp`.
    const from = readableSources.find((source) => source === this.page.part());
    if (from !== undefined) void this.preview(from);
  }

  protected summary(source: FoundSource): string {
    return foundText(source);
  }

  protected count(items: readonly ImportItem[]): string {
    return countText(items);
  }

  protected kind({ kind }: ImportItem | ImportUndoItem): string {
    return kindName(kind);
  }

  protected outcome(item: ImportItem): string {
    return outcomeText(item, this.shown()?.applied === true);
  }

  protected undoOutcome(item: ImportUndoItem): string {
    return undoText(item, this.undone()?.applied === true);
  }

  /** Without it, the browser would open a dropped file in place of the window. */
  protected hold(event: DragEvent): void {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.isOver.set(true);
  }

  protected async drop(event: DragEvent): Promise<void> {
    const file = event.dataTransfer?.files[0];
    this.isOver.set(false);
    if (file === undefined) return;
    event.preventDefault();
    await this.previewFile(file);
  }

  /** The same file can be chosen again, after it was changed. */
  protected async choose(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    field.value = '';
    if (file !== undefined) await this.previewFile(file);
  }

  protected async previewFile(file: File): Promise<void> {
    await this.#work(async () => {
      const content = await readExport(file);
      const answer = await this.imports.runExport(content, { apply: false });
      this.undone.set(undefined);
      this.#chosen.set(content);
      this.shown.set(answer);
    });
  }

  protected async preview(from: ImportSource): Promise<void> {
    await this.#work(async () => {
      this.undone.set(undefined);
      this.#chosen.set(undefined);
      this.shown.set(await this.#imported(from, false));
    });
  }

  protected async setKeys(withKeys: boolean): Promise<void> {
    await this.#work(async () => {
      const shown = this.shown();
      this.withKeys.set(withKeys);
      if (shown !== undefined) this.shown.set(await this.#imported(shown.from, false));
    });
  }

  protected async apply(): Promise<void> {
    await this.#work(async () => {
      const shown = this.shown();
      if (shown === undefined || shown.applied) return;
      const text = countText(this.created());
      this.shown.set(await this.#imported(shown.from, true));
      this.#toasts.success(`Imported: ${text}.`);
      await this.imports.find();
    });
  }

  /** Shows first what taking back would remove. */
  protected async undo(apply: boolean): Promise<void> {
    await this.#work(async () => {
      if (apply && this.undone()?.applied === true) return;
      this.undone.set(await this.imports.undo(apply));
      this.shown.set(undefined);
      if (!apply) return;
      this.#toasts.success('The last import was taken back.');
      await this.imports.find();
    });
  }

  protected close(): void {
    this.shown.set(undefined);
    this.undone.set(undefined);
    this.failure.set(undefined);
  }

  async #imported(from: ImportSource, apply: boolean): Promise<ImportAnswer> {
    const chosen = this.#chosen();
    return chosen === undefined
      ? await this.imports.run(from, { withKeys: this.withKeys(), apply })
      : await this.imports.runExport(chosen, { apply });
  }

  /** The next one begins when the one before is over: a click may come before its button is drawn as disabled. */
  async #work(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(async () => {
      this.working.set(true);
      this.failure.set(undefined);
      try {
        await work();
      } catch (error) {
        this.failure.set(failureText(error));
      } finally {
        this.working.set(false);
      }
    });
    await this.#last;
  }
}

function failureText(error: unknown): string {
  if (error instanceof UnsuitableFile) return error.message;
  const isNothing = error instanceof Problem && error.code === 'not-found';
  const { text, next } = problemText(error);
  return isNothing ? text : [text, next].filter(Boolean).join(' ');
}
