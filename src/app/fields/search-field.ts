import { Component, computed, ElementRef, inject, input, output, signal } from '@angular/core';
import type { Choice } from './choice.ts';

/** So many are listed at once; typing more words narrows them. */
const listed = 50;

/** A labelled choice among many, found by typing (WAI-ARIA combobox with a list). */
@Component({
  selector: 'stint-search-field',
  template: `
    <label [for]="'field-' + name()">{{ label() }}</label>
    <input
      #field
      role="combobox"
      aria-autocomplete="list"
      aria-required="true"
      autocomplete="off"
      spellcheck="false"
      placeholder="Search name, account…"
      [id]="'field-' + name()"
      [value]="text()"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-controls]="isOpen() ? 'choices-' + name() : null"
      [attr.aria-activedescendant]="isOpen() && found().length > 0 ? idOf(at()) : null"
      [attr.aria-invalid]="error() !== undefined"
      [attr.aria-describedby]="'about-' + name()"
      (click)="open()"
      (focus)="field.select()"
      (input)="search(field.value)"
      (keydown)="onKey($event)"
      (blur)="leave()"
    />
    @if (isOpen()) {
      <div class="list">
        <ul role="listbox" [id]="'choices-' + name()" [attr.aria-label]="label()">
          @for (choice of listed(); track choice.value; let index = $index) {
            <li role="option" [id]="idOf(index)" [attr.aria-selected]="index === at()">
              {{ choice.label }} <small>{{ choice.about }}</small>
            </li>
          }
        </ul>
        @if (said(); as words) {
          <p role="status">{{ words }}</p>
        }
      </div>
    }
    <p [id]="'about-' + name()" [class.error]="error() !== undefined" aria-live="polite">
      {{ error() === undefined ? hint() : label() + ' ' + error() }}
    </p>
  `,
  styleUrls: ['./field.css', './search-field.css'],
  host: { '(mousedown)': 'onPress($event)' },
})
export class SearchField {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly choices = input.required<readonly Choice[]>();
  readonly hint = input('');
  readonly error = input<string>();
  readonly chosen = output<string>();
  readonly left = output();
  protected readonly isOpen = signal(false);
  protected readonly at = signal(0);
  /** What is searched for; undefined while nothing is, and the choice is shown. */
  readonly #query = signal<string | undefined>(undefined);

  readonly #choice = computed(() => this.choices().find(({ value }) => value === this.value()));
  protected readonly text = computed(() => this.#query() ?? this.#choice()?.label ?? '');
  protected readonly found = computed(() => {
    const words = (this.#query() ?? '').trim().toLowerCase().split(/\s+/);
    return this.choices().filter(({ label, about = '' }) => {
      const text = `${label} ${about}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });
  protected readonly listed = computed(() => this.found().slice(0, listed));
  protected readonly said = computed(() => {
    if (this.choices().length === 0) return 'There is nothing to choose from yet.';
    if (this.found().length === 0) return 'None matches.';
    const more = this.found().length - listed;
    return more > 0 ? `${more} more; type to find them` : undefined;
  });

  protected idOf(index: number): string {
    return `choice-${this.name()}-${index}`;
  }

  protected open(): void {
    if (this.isOpen()) return;
    this.at.set(
      Math.max(
        0,
        this.found().findIndex(({ value }) => value === this.value()),
      ),
    );
    this.isOpen.set(true);
    this.#show();
  }

  protected search(text: string): void {
    this.#query.set(text);
    this.at.set(0);
    this.isOpen.set(true);
    if (text.trim() === '') this.chosen.emit('');
  }

  protected pick({ value }: Choice): void {
    this.#query.set(undefined);
    this.isOpen.set(false);
    this.chosen.emit(value);
  }

  protected onKey(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      if (this.isOpen()) this.#move(by);
      else this.open();
    } else if (this.isOpen() && event.key === 'Enter') {
      event.preventDefault();
      const choice = this.listed()[this.at()];
      if (choice !== undefined) this.pick(choice);
    } else if (this.isOpen() && event.key === 'Escape') {
      // Closes the list, not the form.
      event.preventDefault();
      this.#query.set(undefined);
      this.isOpen.set(false);
    }
  }

  /** The keyboard stays in the field. */
  protected onPress(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || target.closest('.list') === null) return;
    event.preventDefault();
    const id = target.closest('[role="option"]')?.id;
    const choice = this.listed().find((_, index) => this.idOf(index) === id);
    if (choice !== undefined) this.pick(choice);
  }

  /** Takes what was typed where it can mean one thing only. */
  protected leave(): void {
    const typed = this.#query()?.trim().toLowerCase() ?? '';
    const found = this.found();
    const named = found.filter(({ label }) => label.toLowerCase() === typed);
    const [only, ...others] = named.length === 1 ? named : found;
    if (typed !== '' && only !== undefined && others.length === 0) this.pick(only);
    this.#query.set(undefined);
    this.isOpen.set(false);
    this.left.emit();
  }

  #move(by: number): void {
    const count = this.listed().length;
    if (count === 0) return;
    this.at.update((at) => (at + by + count) % count);
    this.#show();
  }

  #show(): void {
    setTimeout(() => {
      this.#host.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    });
  }
}
