import { Directive, input, output } from '@angular/core';
import type { FormField } from './form-field.ts';

/** What every control of a field has in common: `Field` draws the label, hint and error around it. */
@Directive()
export abstract class Control<F extends FormField, V> {
  readonly field = input.required<F>();
  readonly value = input.required<V>();
  /** The id that the label names; the text that describes the control is in `<id>-about`. */
  readonly id = input.required<string>();
  readonly invalid = input(false);
  readonly changed = output<V>();
  readonly left = output();
}
