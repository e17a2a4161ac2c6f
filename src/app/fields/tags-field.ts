import {
  afterNextRender,
  Component,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { tagsOf, textOfTags, type Tag } from './tags.ts';

/** Names with their values, a row each, with a hint below them, or what is wrong. */
@Component({
  selector: 'stint-tags-field',
  imports: [Icon],
  template: `
    <fieldset [attr.aria-describedby]="'about-' + name()">
      <legend>{{ label() }} <span>optional</span></legend>
      @for (tag of tags(); track $index) {
        <div>
          <input
            #tagName
            [attr.id]="$index === 0 ? 'field-' + name() : null"
            [attr.aria-label]="'Name of tag ' + ($index + 1)"
            [attr.aria-invalid]="error() !== undefined"
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
        [attr.id]="tags().length === 0 ? 'field-' + name() : null"
        (click)="add()"
      >
        <stint-icon name="plus" />Add a tag
      </button>
    </fieldset>
    <p [id]="'about-' + name()" [class.error]="error() !== undefined" aria-live="polite">
      {{ error() === undefined ? hint() : label() + ' ' + error() }}
    </p>
  `,
  styleUrl: './field.css',
  styles: `
    fieldset {
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      margin-bottom: 4px;
      padding: 0;
      font-weight: 550;
    }
    div {
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
export class TagsField {
  readonly #injector = inject(Injector);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  /** As `textOfTags` writes them. */
  readonly value = input.required<string>();
  readonly hint = input('');
  readonly error = input<string>();
  readonly typed = output<string>();
  readonly left = output();
  /** Ahead of `value` until the page is drawn anew: somebody may type on before that. */
  protected readonly tags = linkedSignal(() => tagsOf(this.value()));

  protected change(index: number, part: Partial<Tag>): void {
    this.#set(this.tags().map((one, at) => (at === index ? { ...one, ...part } : one)));
  }

  protected add(): void {
    this.#set([...this.tags(), { name: '', value: '' }]);
    this.#focus(':scope > fieldset > div:last-of-type input');
  }

  protected remove(index: number): void {
    this.#set(this.tags().filter((_, at) => at !== index));
    this.#focus('.add');
  }

  #set(tags: readonly Tag[]): void {
    this.tags.set(tags);
    this.typed.emit(textOfTags(tags));
  }

  /** Once it is drawn. */
  #focus(what: string): void {
    const focus = () => this.#host.querySelector<HTMLElement>(what)?.focus();
    afterNextRender(focus, { injector: this.#injector });
  }
}
