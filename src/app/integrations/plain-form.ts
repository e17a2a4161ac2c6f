import {
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { z } from 'zod';
import { Problem } from '../../models/problem.ts';
import { Dialog } from '../dialog/dialog.ts';
import { wordsOf } from '../notes/notes.ts';
import type { Choice } from '../fields/choice.ts';
import { fieldErrorsOf } from '../fields/error-text.ts';
import { LinesField } from '../fields/lines-field.ts';
import { SelectField } from '../fields/select-field.ts';
import { TextField } from '../fields/text-field.ts';

/** What stands in the fields, by their names; what is empty is left out where it is sent. */
export type Values = Readonly<Record<string, string>>;

export interface PlainField {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly optional?: boolean;
  /** Masked, and forgotten once it is sent. */
  readonly secret?: true;
  /** Of several lines, such as a file of this type holds. */
  readonly fileTypes?: string;
  /** Chosen instead of typed; one of them always is. */
  readonly choices?: readonly Choice[];
}

/** A dialog with a few fields, each checked as it is typed. */
@Component({
  selector: 'stint-plain-form',
  imports: [Dialog, LinesField, SelectField, TextField],
  templateUrl: './plain-form.html',
  styleUrl: './plain-form.css',
})
export class PlainForm {
  readonly title = input.required<string>();
  readonly action = input.required<string>();
  /** What is asked, by what stands in the fields so far. */
  readonly fields = input.required<(values: Values) => readonly PlainField[]>();
  /** What stands in the fields when it opens. */
  readonly before = input<Values>({});
  /** What the values have to be. */
  readonly schema = input.required<z.ZodType>();
  /** Sends what was typed; what it throws is told. */
  readonly send = input.required<(values: Values) => Promise<void>>();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  readonly #typed = signal<Values>({});
  protected readonly draft = computed<Values>(() => ({ ...this.before(), ...this.#typed() }));
  protected readonly asked = computed(() => this.fields()(this.draft()));
  protected readonly saving = signal(false);
  /** Goes when other fields are asked. */
  protected readonly refusal = linkedSignal<unknown, string | undefined>({
    source: () => this.fields(),
    computation: () => undefined,
  });
  readonly #left = signal<ReadonlySet<string>>(new Set());
  readonly #fromOwner = signal<Values>({});
  readonly #values = computed<Values>(() =>
    Object.fromEntries(
      this.asked()
        .map(({ name }) => [name, (this.draft()[name] ?? '').trim()] as const)
        .filter(([, value]) => value !== ''),
    ),
  );
  readonly #errors = computed(() => {
    const errors: Record<string, string> = { ...fieldErrorsOf(this.schema(), this.#values()) };
    for (const { name, optional } of this.asked()) {
      if (optional !== true && this.#values()[name] === undefined) errors[name] = 'is needed';
    }
    return errors;
  });
  protected readonly errors = computed<Values>(() => ({
    ...Object.fromEntries(
      Object.entries(this.#errors()).filter(([name]) => this.#left().has(name)),
    ),
    ...this.#fromOwner(),
  }));

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#typed.set({});
    });
  }

  protected set(name: string, value: string): void {
    this.#typed.update((typed) => ({ ...typed, [name]: value }));
    this.#fromOwner.update((errors) => without([name], errors));
  }

  protected leave(name: string): void {
    if ((this.draft()[name] ?? '') !== '') this.#left.update((left) => new Set(left).add(name));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.#left.set(new Set(this.asked().map(({ name }) => name)));
    this.refusal.set(undefined);
    const wrong = this.asked().find(({ name }) => name in this.#errors());
    if (wrong !== undefined) {
      document.getElementById(`field-plain-${wrong.name}`)?.focus();
      return;
    }
    this.saving.set(true);
    try {
      await this.send()(this.#values());
      const secrets = this.asked().filter(({ secret }) => secret === true);
      this.#typed.update((typed) =>
        without(
          secrets.map(({ name }) => name),
          typed,
        ),
      );
      this.dialog().close();
    } catch (error) {
      this.#tell(error);
    } finally {
      this.saving.set(false);
    }
  }

  #tell(error: unknown): void {
    const told = error instanceof Problem ? (error.details.errors ?? []) : [];
    const asked = new Set(this.asked().map(({ name }) => name));
    const own = told
      .map(({ field, message }) => [field.replace(/^secrets\./, ''), message] as const)
      .filter(([field]) => asked.has(field));
    this.#fromOwner.set(Object.fromEntries(own));
    const [first] = own;
    if (first !== undefined) document.getElementById(`field-plain-${first[0]}`)?.focus();
    else this.refusal.set(Object.values(wordsOf(error)).join(' '));
  }
}

function without(names: readonly string[], values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
