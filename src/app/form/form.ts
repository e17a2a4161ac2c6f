import { NgTemplateOutlet } from '@angular/common';
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
import { Problem } from '../../models/problem.ts';
import { Dialog } from '../dialog/dialog.ts';
import { Field } from '../fields/field.ts';
import { problemText } from '../toasts/problem-text.ts';
import { apiErrors, neededText } from './field-errors.ts';
import {
  isEmpty,
  type FieldErrors,
  type FieldValue,
  type FormGroup,
  type Values,
} from '../fields/form-field.ts';

/** More than one form can be open: one is over the other. */
let forms = 0;

/** A dialog made from a description of its fields; each field is checked as it is typed. */
@Component({
  selector: 'stint-form',
  imports: [Dialog, Field, NgTemplateOutlet],
  templateUrl: './form.html',
  styleUrl: './form.css',
})
export class Form {
  readonly title = input.required<string>();
  /** The text of the button that sends the form. */
  readonly action = input.required<string>();
  /** The fields, which can depend on the values so far. */
  readonly groups = input.required<(values: Values) => readonly FormGroup[]>();
  /** The values when the form opens. */
  readonly before = input<Values>({});
  /** What is wrong with the values of the fields shown, apart from needed ones that are empty. */
  readonly check = input.required<(values: Values) => FieldErrors>();
  /** The name of the field that a path of the API is about. */
  readonly fieldOf = input<(path: string) => string | undefined>((path) =>
    path.replace(/^secrets\./, ''),
  );
  /** Sends the values of the fields shown; what it throws is shown in the form. */
  readonly send = input.required<(values: Values) => Promise<void>>();
  /** Tries the values without saving anything, and says how it went; missing where that is not possible. */
  readonly test = input<(values: Values) => Promise<string>>();
  /** What the form is for; when it changes, earlier errors are dropped. */
  readonly subject = input('');
  readonly changed = output<{ readonly name: string; readonly value: FieldValue }>();
  /** Something to choose in this field is to be added. */
  readonly add = output<string>();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  readonly #id = `form-${(forms += 1)}`;
  readonly #typed = signal<Values>({});
  readonly values = computed<Values>(() => ({ ...this.before(), ...this.#typed() }));
  protected readonly shown = computed(() => this.groups()(this.values()));
  readonly #fields = computed(() => this.shown().flatMap(({ fields }) => fields));
  protected readonly firstField = computed(() => this.#fields()[0]);
  protected readonly saving = signal(false);
  protected readonly tested = this.#untilSubjectChanges<string | undefined>(undefined);
  protected readonly testing = signal(false);
  protected readonly refusal = this.#untilSubjectChanges<string | undefined>(undefined);
  /** Fields that were left once: the others show no error while they are still being typed. */
  readonly #left = this.#untilSubjectChanges<ReadonlySet<string>>(new Set());
  /** Errors that are not of the values themselves: from the API, or from a file that was read. */
  readonly #reported = this.#untilSubjectChanges<FieldErrors>({});
  readonly #unfolded = signal<ReadonlySet<string>>(new Set());
  /** Of the fields shown, as they are sent and checked. */
  readonly #sent = computed<Values>(() => {
    const names = this.#fields().map(({ name }) => name);
    return only(names, this.values());
  });
  readonly #wrong = computed<FieldErrors>(() => {
    const needed = this.#fields().filter(
      ({ name, optional }) => optional !== true && isEmpty(this.values(), name),
    );
    return {
      ...this.check()(this.#sent()),
      ...Object.fromEntries(needed.map((field) => [field.name, neededText(field)])),
    };
  });
  protected readonly errors = computed<FieldErrors>(() => ({
    ...only([...this.#left()], this.#wrong()),
    ...this.#reported(),
  }));

  constructor() {
    // Secrets stay no longer than the form.
    inject(DestroyRef).onDestroy(() => {
      this.#typed.set({});
    });
  }

  set(name: string, value: FieldValue): void {
    this.tested.set(undefined);
    this.refusal.set(undefined);
    this.#typed.update((typed) => ({ ...typed, [name]: value }));
    this.#reported.update((errors) => without(name, errors));
    this.changed.emit({ name, value });
  }

  /** Back to how the form opened. */
  clear(): void {
    this.#typed.set({});
    this.#left.set(new Set());
    this.#reported.set({});
  }

  setIfEmpty(name: string, value: FieldValue): void {
    if (isEmpty(this.values(), name)) this.set(name, value);
  }

  protected idOf(name: string): string {
    return `${this.#id}-${name}`;
  }

  protected leave(name: string): void {
    if (isEmpty(this.values(), name)) return;
    this.#left.update((left) => new Set(left).add(name));
  }

  protected fail(name: string, error: string): void {
    this.#reported.update((errors) => ({ ...errors, [name]: error }));
  }

  protected isOpen({ title = '', fields }: FormGroup): boolean {
    return (
      this.#unfolded().has(title) ||
      fields.some(({ name }) => !isEmpty(this.values(), name) || name in this.errors())
    );
  }

  protected toggle({ title = '' }: FormGroup, { target }: Event): void {
    const isOpen = target instanceof HTMLDetailsElement && target.open;
    this.#unfolded.update(
      (all) => new Set(isOpen ? [...all, title] : [...all].filter((one) => one !== title)),
    );
  }

  protected async try(test: (values: Values) => Promise<string>): Promise<void> {
    if (this.testing() || !this.#isRight()) return;
    this.testing.set(true);
    const sent = this.#sent();
    try {
      const text = await test(sent);
      if (sent === this.#sent()) this.tested.set(text);
    } catch (error) {
      if (sent === this.#sent()) this.#showProblem(error);
    } finally {
      this.testing.set(false);
    }
  }

  /** Shows what is wrong, and goes to the first of it. */
  #isRight(): boolean {
    this.#left.set(new Set(this.#fields().map(({ name }) => name)));
    this.refusal.set(undefined);
    this.tested.set(undefined);
    const wrong = this.#fields().find(({ name }) => name in this.#wrong());
    if (wrong !== undefined) this.#focus(wrong.name);
    return wrong === undefined;
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.saving() || !this.#isRight()) return;
    this.saving.set(true);
    try {
      await this.send()(this.#sent());
      this.dialog().close();
    } catch (error) {
      this.#showProblem(error);
    } finally {
      this.saving.set(false);
    }
  }

  #showProblem(error: unknown): void {
    const reported = error instanceof Problem ? (error.details.errors ?? []) : [];
    const errors = apiErrors(reported, this.#fields(), this.fieldOf());
    this.#reported.set(errors);
    const [first] = this.#fields().filter(({ name }) => name in errors);
    if (first !== undefined) this.#focus(first.name);
    else this.refusal.set(Object.values(problemText(error)).join(' '));
  }

  /** After it is drawn: a folded group opens first. */
  #focus(name: string): void {
    setTimeout(() => document.getElementById(this.idOf(name))?.focus());
  }

  #untilSubjectChanges<T>(first: T) {
    return linkedSignal<string, T>({ source: () => this.subject(), computation: () => first });
  }
}

function only<T>(names: readonly string[], all: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function without(name: string, errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).filter(([other]) => other !== name));
}
