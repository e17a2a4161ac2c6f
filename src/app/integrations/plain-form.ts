import { Component, computed, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import type { z } from 'zod';
import { Problem } from '../../models/problem.ts';
import { Dialog } from '../dialog/dialog.ts';
import { wordsOf } from '../notes/notes.ts';
import { fieldErrorsOf } from '../fields/error-words.ts';
import { TextField } from '../fields/text-field.ts';

export interface PlainField {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
}

/** A dialog with a few lines of text, each checked as it is typed. */
@Component({
  selector: 'stint-plain-form',
  imports: [Dialog, TextField],
  template: `
    <stint-dialog [title]="title()" (closed)="closed.emit()">
      <form (submit)="save($event)" novalidate autocomplete="off">
        @for (field of fields(); track field.name; let first = $first) {
          <stint-text-field
            [name]="'plain-' + field.name"
            [label]="field.label"
            [placeholder]="field.placeholder"
            [hint]="field.hint"
            [first]="first"
            [value]="draft()[field.name] ?? ''"
            [error]="errors()[field.name]"
            (typed)="set(field.name, $event)"
            (left)="leave(field.name)"
          />
        }
        <p class="refusal" role="alert">{{ refusal() }}</p>
        <footer>
          <button type="button" (click)="dialog().close()">Cancel</button>
          <button type="submit" class="primary" [disabled]="saving()">{{ action() }}</button>
        </footer>
      </form>
    </stint-dialog>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    .refusal {
      margin: 0;
      padding: 8px 10px;
      border-radius: var(--r1);
      background: var(--bad-bg);
      color: var(--bad);
      overflow-wrap: anywhere;
    }
    .refusal:empty {
      display: none;
    }
    footer {
      display: flex;
      justify-content: flex-end;
      gap: 8px;
      margin-top: 4px;
    }
  `,
})
export class PlainForm {
  readonly title = input.required<string>();
  readonly action = input.required<string>();
  readonly fields = input.required<readonly PlainField[]>();
  /** What stands in the fields when it opens. */
  readonly before = input<Readonly<Record<string, string>>>({});
  /** What the values have to be. */
  readonly schema = input.required<z.ZodType>();
  /** Sends what was typed; what it throws is told. */
  readonly send = input.required<(values: Readonly<Record<string, string>>) => Promise<void>>();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  protected readonly draft = linkedSignal<Readonly<Record<string, string>>>(() => this.before());
  protected readonly saving = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  readonly #left = signal<ReadonlySet<string>>(new Set());
  readonly #fromOwner = signal<Readonly<Record<string, string>>>({});
  readonly #values = computed(() =>
    Object.fromEntries(
      this.fields().map(({ name }) => [name, (this.draft()[name] ?? '').trim()] as const),
    ),
  );
  readonly #errors = computed(() => {
    const errors: Record<string, string> = { ...fieldErrorsOf(this.schema(), this.#values()) };
    for (const [name, value] of Object.entries(this.#values())) {
      if (value === '') errors[name] = 'is needed';
    }
    return errors;
  });
  protected readonly errors = computed<Readonly<Record<string, string>>>(() => ({
    ...Object.fromEntries(
      Object.entries(this.#errors()).filter(([name]) => this.#left().has(name)),
    ),
    ...this.#fromOwner(),
  }));

  protected set(name: string, value: string): void {
    this.draft.update((draft) => ({ ...draft, [name]: value }));
    this.#fromOwner.update((errors) =>
      Object.fromEntries(Object.entries(errors).filter(([other]) => other !== name)),
    );
  }

  protected leave(name: string): void {
    if ((this.draft()[name] ?? '') !== '') this.#left.update((left) => new Set(left).add(name));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.#left.set(new Set(this.fields().map(({ name }) => name)));
    this.refusal.set(undefined);
    const wrong = this.fields().find(({ name }) => name in this.#errors());
    if (wrong !== undefined) {
      document.getElementById(`field-plain-${wrong.name}`)?.focus();
      return;
    }
    this.saving.set(true);
    try {
      await this.send()(this.#values());
      this.dialog().close();
    } catch (error) {
      const told = error instanceof Problem ? (error.details.errors ?? []) : [];
      const own = told.filter(({ field }) => field in this.#values());
      this.#fromOwner.set(Object.fromEntries(own.map(({ field, message }) => [field, message])));
      if (own.length === 0) this.refusal.set(wordsOf(error).text);
    } finally {
      this.saving.set(false);
    }
  }
}
