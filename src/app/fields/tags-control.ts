import {
  afterNextRender,
  Component,
  ElementRef,
  inject,
  Injector,
  linkedSignal,
} from '@angular/core';
import type { TagsField } from './form-field.ts';
import { Icon } from '../icons/icon.ts';
import { Control } from './control.ts';
import type { Tag } from './tags.ts';

/** Names with their values, one row each. */
@Component({
  selector: 'stint-tags-control',
  imports: [Icon],
  template: `
    <div
      role="group"
      [attr.aria-labelledby]="id() + '-label'"
      [attr.aria-describedby]="id() + '-about'"
    >
      @for (tag of tags(); track $index) {
        <div class="row">
          <input
            #tagName
            [attr.id]="$index === 0 ? id() : null"
            [attr.aria-label]="'Name of tag ' + ($index + 1)"
            [attr.aria-invalid]="invalid()"
            placeholder="project"
            autocomplete="off"
            spellcheck="false"
            [value]="tag.name"
            (input)="change($index, { name: tagName.value })"
            (blur)="left.emit()"
          />
          <input
            #tagValue
            [attr.aria-label]="'Value of tag ' + ($index + 1)"
            placeholder="ledger"
            autocomplete="off"
            spellcheck="false"
            [value]="tag.value"
            (input)="change($index, { value: tagValue.value })"
            (blur)="left.emit()"
          />
          <button
            type="button"
            class="quiet"
            [attr.aria-label]="'Remove tag ' + ($index + 1)"
            (click)="remove($index)"
          >
            <stint-icon name="close" />
          </button>
        </div>
      }
      <button
        type="button"
        class="add"
        [attr.id]="tags().length === 0 ? id() : null"
        (click)="add()"
      >
        <stint-icon name="plus" />Add tag
      </button>
    </div>
  `,
  styles: `
    .row {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
      gap: 6px;
      margin-bottom: 6px;
    }
    .quiet {
      padding: 6px;
    }
  `,
})
export class TagsControl extends Control<TagsField, readonly Tag[]> {
  readonly #injector = inject(Injector);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** Ahead of `value` until the page is drawn again: a person may type before that. */
  protected readonly tags = linkedSignal(() => this.value());

  protected change(index: number, part: Partial<Tag>): void {
    this.#set(this.tags().map((one, at) => (at === index ? { ...one, ...part } : one)));
  }

  protected add(): void {
    this.#set([...this.tags(), { name: '', value: '' }]);
    this.#focus('.row:last-of-type input');
  }

  protected remove(index: number): void {
    this.#set(this.tags().filter((_, at) => at !== index));
    this.#focus('.add');
  }

  #set(tags: readonly Tag[]): void {
    this.tags.set(tags);
    this.changed.emit(tags);
  }

  /** After the change is drawn. */
  #focus(what: string): void {
    const focus = () => this.#host.querySelector<HTMLElement>(what)?.focus();
    afterNextRender(focus, { injector: this.#injector });
  }
}
