import {
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { searchable } from '../../models/spelling.ts';
import { Icon } from '../icons/icon.ts';
import { moveTo } from '../menu/menu.ts';
import { ListView } from './list-view.ts';
import { filterChoices, filterText, filterTitles, type FilterField } from './session-filter.ts';
import { SessionQueries } from './session-queries.ts';

/** From so many values on, they can be searched. */
const manyValues = 9;
/** No more are drawn at once; typing finds the others. */
const drawn = 100;

/** Chooses values of a field; the list shows the sessions that have one of them. */
@Component({
  selector: 'stint-filter-chip',
  imports: [Icon],
  template: `
    <span class="chip" [class.on]="chosen().length > 0">
      <button
        #button
        type="button"
        aria-haspopup="dialog"
        [attr.aria-expanded]="isOpen()"
        (click)="toggle()"
      >
        {{ text() }}
        @if (chosen().length === 0) {
          <stint-icon name="down" />
        }
      </button>
      @if (chosen().length > 0) {
        <button
          type="button"
          [attr.aria-label]="'Clear the filter ' + title()"
          (click)="view.filter(field(), [])"
        >
          <stint-icon name="close" />
        </button>
      }
    </span>
    <div
      #box
      popover
      role="dialog"
      [attr.aria-label]="isOpen() ? 'Filter by ' + title() : null"
      (toggle)="onToggle($event)"
      (keydown)="onKey($event)"
    >
      @if (isOpen()) {
        @if (choices().length >= many || words()) {
          <input
            type="search"
            [attr.aria-label]="'Search ' + title()"
            placeholder="Search…"
            [value]="words()"
            (input)="words.set($any($event.target).value)"
          />
        }
        @for (choice of found(); track choice.value) {
          <label>
            <input
              type="checkbox"
              [checked]="chosen().includes(choice.value)"
              (change)="choose(choice.value)"
            />
            <span>{{ choice.text }}</span>
            <b>{{ choice.count }}</b>
          </label>
        } @empty {
          <p>{{ words() ? 'No matches.' : 'No session has one.' }}</p>
        }
        @if (rest() > 0) {
          <p>{{ rest() }} more. Type to find them.</p>
        }
      }
    </div>
  `,
  styleUrl: './filter-chip.css',
})
export class FilterChip {
  protected readonly view = inject(ListView);
  readonly #queries = inject(SessionQueries);
  readonly field = input.required<FilterField>();
  protected readonly button = viewChild.required<ElementRef<HTMLElement>>('button');
  protected readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  protected readonly many = manyValues;
  protected readonly words = signal('');
  protected readonly isOpen = signal(false);
  protected readonly title = computed(() => filterTitles[this.field()]);
  protected readonly chosen = computed(() => this.view.filters()[this.field()] ?? []);
  protected readonly text = computed(() => {
    const [first, ...others] = this.chosen();
    if (first === undefined) return this.title();
    const value = filterText(this.field(), first, this.#queries.filterContext());
    return `${this.title()}: ${value}${others.length > 0 ? ` +${others.length}` : ''}`;
  });
  protected readonly choices = computed(() =>
    filterChoices(
      this.view.beforeFilters(),
      this.field(),
      this.chosen(),
      this.#queries.filterContext(),
    ),
  );
  readonly #matching = computed(() => {
    const words = searchable(this.words().trim());
    return this.choices().filter(
      ({ text, value }) =>
        words === '' || searchable(text).includes(words) || searchable(value).includes(words),
    );
  });
  protected readonly found = computed(() => this.#matching().slice(0, drawn));
  protected readonly rest = computed(() => this.#matching().length - this.found().length);

  protected toggle(): void {
    const box = this.box().nativeElement;
    if (this.isOpen()) {
      box.hidePopover();
      return;
    }
    this.isOpen.set(true);
    setTimeout(() => {
      box.showPopover();
      const { left, right, top, bottom } = this.button().nativeElement.getBoundingClientRect();
      moveTo(box, { left, right, top: top - 4, bottom: bottom + 4 });
      box.querySelector('input')?.focus();
    });
  }

  protected choose(value: string): void {
    const chosen = this.chosen();
    this.view.filter(
      this.field(),
      chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value],
    );
  }

  protected onToggle(event: Event): void {
    if ((event as ToggleEvent).newState === 'open') return;
    if (this.box().nativeElement.contains(document.activeElement)) {
      this.button().nativeElement.focus();
    }
    this.isOpen.set(false);
    this.words.set('');
  }

  /** Arrow keys move between the values. */
  protected onKey(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') event.stopPropagation();
    if (by === undefined) return;
    event.preventDefault();
    const fields = [...this.box().nativeElement.querySelectorAll('input')];
    const now = fields.findIndex((field) => field === document.activeElement);
    fields[Math.min(Math.max(now + by, 0), fields.length - 1)]?.focus();
  }
}
