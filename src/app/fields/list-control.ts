import type { ElementRef } from '@angular/core';
import { Component, computed, linkedSignal, viewChild } from '@angular/core';
import type { ListField } from './form-field.ts';
import { Icon } from '../icons/icon.ts';
import { Control } from './control.ts';

/** Entries that were added, and one that is being typed: it counts as well. */
interface Draft {
  readonly added: readonly string[];
  readonly typing: string;
}

/**
 * Any number of texts, one entry each. Enter adds what was typed and Backspace in the empty field
 * removes the last entry; what was typed and not added is kept when the field is left.
 */
@Component({
  selector: 'stint-list-control',
  imports: [Icon],
  template: `
    <div class="box" [class.invalid]="invalid()">
      @if (draft().added.length > 0) {
        <ul aria-label="Entries">
          @for (entry of draft().added; track $index) {
            <li>
              <span>{{ entry }}</span>
              <button
                type="button"
                class="quiet"
                [attr.aria-label]="'Remove ' + entry"
                (click)="remove($index)"
              >
                <stint-icon name="close" />
              </button>
            </li>
          }
        </ul>
      }
      <input
        #control
        [id]="id()"
        [value]="draft().typing"
        [placeholder]="draft().added.length === 0 ? (field().placeholder ?? '') : ''"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        [attr.aria-invalid]="invalid()"
        [attr.aria-describedby]="id() + '-about'"
        (input)="set({ added: draft().added, typing: control.value })"
        (keydown)="onKey($event)"
        (blur)="left.emit()"
      />
    </div>
  `,
  styles: `
    .box {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      padding: 3px;
      border: 1px solid var(--field);
      border-radius: var(--r1);
      background: var(--panel);
    }
    .box:focus-within {
      border-color: var(--accent);
      outline: 3px solid color-mix(in srgb, var(--accent) 25%, transparent);
    }
    .invalid {
      border-color: var(--bad);
    }
    ul {
      display: contents;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: 2px;
      min-width: 0;
      padding-inline-start: 8px;
      border-radius: 4px;
      background: var(--hover);
      overflow-wrap: anywhere;
    }
    li button {
      padding: 2px 4px;
      line-height: 0;
    }
    input {
      flex: 1 1 120px;
      width: auto;
      min-width: 0;
      padding: 3px 7px;
      border: 0;
      outline: none;
      background: none;
    }
  `,
})
export class ListControl extends Control<ListField, readonly string[]> {
  protected readonly control = viewChild.required<ElementRef<HTMLInputElement>>('control');
  /** Follows `value`, unless that is what was just reported from here. */
  protected readonly draft = linkedSignal<readonly string[], Draft>({
    source: () => this.value(),
    computation: (value, before) => {
      const isOwn = before !== undefined && isEqual(entriesOf(before.value), value);
      return isOwn ? before.value : { added: value, typing: '' };
    },
  });
  readonly #entries = computed(() => entriesOf(this.draft()));

  protected set(draft: Draft): void {
    this.draft.set(draft);
    this.changed.emit(this.#entries());
  }

  protected remove(index: number): void {
    const { added, typing } = this.draft();
    this.set({ added: added.filter((_, at) => at !== index), typing });
    this.control().nativeElement.focus();
  }

  protected onKey(event: KeyboardEvent): void {
    const { added, typing } = this.draft();
    if (event.key === 'Enter' && typing.trim() !== '') {
      // Adds the entry; Enter in the empty field submits the form.
      event.preventDefault();
      this.set({ added: this.#entries(), typing: '' });
    } else if (event.key === 'Backspace' && typing === '' && added.length > 0) {
      this.remove(added.length - 1);
    }
  }
}

function entriesOf({ added, typing }: Draft): readonly string[] {
  return typing.trim() === '' ? added : [...added, typing.trim()];
}

function isEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((entry, at) => entry === others[at]);
}
