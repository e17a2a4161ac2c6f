import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input, output } from '@angular/core';
import { listIn, tagsIn, type FieldValue, type FormField } from './form-field.ts';
import { LinesControl } from './lines-control.ts';
import { ListControl } from './list-control.ts';
import { SearchControl } from './search-control.ts';
import { SelectControl } from './select-control.ts';
import { TagsControl } from './tags-control.ts';
import { TextControl } from './text-control.ts';

/** A field of a form: its label, the control of its kind, and its hint or what is wrong. */
@Component({
  selector: 'stint-field',
  imports: [
    LinesControl,
    ListControl,
    NgTemplateOutlet,
    SearchControl,
    SelectControl,
    TagsControl,
    TextControl,
  ],
  templateUrl: './field.html',
  styleUrl: './field.css',
})
export class Field {
  readonly field = input.required<FormField>();
  readonly value = input.required<FieldValue | undefined>();
  /** The id of the control; the ids of the parts around it begin with it. */
  readonly id = input.required<string>();
  readonly error = input<string>();
  /** Takes the focus when its dialog opens. */
  readonly first = input(false);
  readonly changed = output<FieldValue>();
  readonly left = output();
  /** Something to choose is to be added. */
  readonly add = output();
  /** The control reports what keeps it from having a value. */
  readonly failed = output<string>();

  readonly #values = computed(() => {
    const value = this.value();
    return value === undefined ? {} : { value };
  });
  protected readonly text = computed(() => {
    const value = this.value();
    return typeof value === 'string' ? value : '';
  });
  protected readonly list = computed(() => listIn(this.#values(), 'value'));
  protected readonly tags = computed(() => tagsIn(this.#values(), 'value'));
  protected readonly isInvalid = computed(() => this.error() !== undefined);
}
