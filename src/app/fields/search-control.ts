import { Component, computed, ElementRef, inject, input, signal } from '@angular/core';
import { searchable } from '../../models/spelling.ts';
import type { SearchField } from './form-field.ts';
import type { Choice } from './choice.ts';
import { Control } from './control.ts';

/** At most this many choices are listed; typing more words narrows them. */
const listed = 50;

/** A choice among many, found by typing (WAI-ARIA combobox with a list). */
@Component({
  selector: 'stint-search-control',
  template: `
    <input
      #control
      role="combobox"
      aria-autocomplete="list"
      [attr.aria-required]="!field().optional"
      autocomplete="off"
      spellcheck="false"
      [placeholder]="field().placeholder ?? 'Search name, account…'"
      [readOnly]="field().fixed ?? false"
      [attr.data-first]="first() ? '' : null"
      [id]="id()"
      [value]="text()"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-controls]="isOpen() ? id() + '-choices' : null"
      [attr.aria-activedescendant]="isOpen() && at() >= 0 && found().length > 0 ? idOf(at()) : null"
      [attr.aria-invalid]="invalid()"
      [attr.aria-describedby]="id() + '-about'"
      (click)="open()"
      (focus)="control.select()"
      (input)="search(control.value)"
      (keydown)="onKey($event)"
      (blur)="leave()"
    />
    @if (isOpen()) {
      <div class="list">
        <ul role="listbox" [id]="id() + '-choices'" [attr.aria-label]="field().label">
          @for (choice of listed(); track choice.value; let index = $index) {
            <li role="option" [id]="idOf(index)" [attr.aria-selected]="index === at()">
              {{ choice.label }} <small>{{ choice.about }}</small>
            </li>
          }
        </ul>
        @if (note(); as text) {
          <p role="status">{{ text }}</p>
        }
      </div>
    }
  `,
  styleUrl: './search-control.css',
  host: { '(mousedown)': 'onPress($event)' },
})
export class SearchControl extends Control<SearchField, string> {
  /** Takes the focus when its dialog opens. */
  readonly first = input(false);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly isOpen = signal(false);
  protected readonly at = signal(0);
  /** The search; undefined while there is none and the choice is shown. */
  readonly #query = signal<string | undefined>(undefined);

  readonly #choice = computed(() =>
    this.field().choices.find(({ value }) => value === this.value()),
  );
  protected readonly text = computed(
    () => this.#query() ?? this.#choice()?.label ?? (this.field().free ? this.value() : ''),
  );
  protected readonly found = computed(() => {
    const words = searchable((this.#query() ?? '').trim()).split(/\s+/);
    return this.field().choices.filter(({ label, about = '' }) => {
      const text = searchable(`${label} ${about}`);
      return words.every((word) => text.includes(word));
    });
  });
  protected readonly listed = computed(() => this.found().slice(0, listed));
  protected readonly note = computed(() => {
    if (this.field().free) return undefined;
    if (this.field().choices.length === 0) return 'Nothing to choose from yet.';
    if (this.found().length === 0) return 'No match.';
    const more = this.found().length - listed;
    return more > 0 ? `${more} more. Type to narrow the list.` : undefined;
  });

  protected idOf(index: number): string {
    return `${this.id()}-choice-${index}`;
  }

  protected open(): void {
    if (this.isOpen() || this.field().fixed || !this.#hasOffers()) return;
    this.at.set(
      Math.max(
        this.field().free ? -1 : 0,
        this.found().findIndex(({ value }) => value === this.value()),
      ),
    );
    this.isOpen.set(true);
    this.#show();
  }

  protected search(text: string): void {
    this.#query.set(text);
    if (this.field().free) {
      // Enter takes what was typed, until an offer is chosen with the arrows.
      this.at.set(-1);
      this.isOpen.set(this.#hasOffers());
      this.changed.emit(text);
      return;
    }
    this.at.set(0);
    this.isOpen.set(true);
    if (text.trim() === '') this.changed.emit('');
  }

  protected pick({ value }: Choice): void {
    this.#query.set(undefined);
    this.isOpen.set(false);
    this.changed.emit(value);
  }

  protected onKey(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      if (this.isOpen()) this.#move(by);
      else this.open();
    } else if (this.isOpen() && event.key === 'Enter' && this.at() >= 0) {
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

  /** Keeps the focus in the field. */
  protected onPress(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || target.closest('.list') === null) return;
    event.preventDefault();
    const id = target.closest('[role="option"]')?.id;
    const choice = this.listed().find((_, index) => this.idOf(index) === id);
    if (choice !== undefined) this.pick(choice);
  }

  /** Chooses the only match of what was typed, where nothing else is possible. */
  protected leave(): void {
    if (!this.field().free) this.#pickTyped();
    this.#query.set(undefined);
    this.isOpen.set(false);
    this.left.emit();
  }

  #pickTyped(): void {
    const typed = searchable(this.#query()?.trim() ?? '');
    const found = this.found();
    const named = found.filter(({ label }) => searchable(label) === typed);
    const [only, ...others] = named.length === 1 ? named : found;
    if (typed !== '' && only !== undefined && others.length === 0) this.pick(only);
  }

  /** Whether there is anything to choose that was not typed already. */
  #hasOffers(): boolean {
    if (!this.field().free) return true;
    const found = this.found();
    return found.length > 1 || (found.length === 1 && found[0]?.value !== this.text().trim());
  }

  #move(by: number): void {
    const count = this.listed().length;
    if (count === 0) return;
    this.at.update((at) => (at < 0 && by < 0 ? count - 1 : (at + by + count) % count));
    this.#show();
  }

  #show(): void {
    setTimeout(() => {
      this.#host.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    });
  }
}
