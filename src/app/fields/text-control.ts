import { Component, input } from '@angular/core';
import type { TextField } from './form-field.ts';
import { Control } from './control.ts';

/** One line of text. */
@Component({
  selector: 'stint-text-control',
  template: `
    @let shown = field();
    <input
      #control
      [id]="id()"
      [type]="shown.secret ? 'password' : 'text'"
      [value]="value()"
      [placeholder]="shown.placeholder ?? ''"
      [attr.autocomplete]="shown.secret ? 'new-password' : 'off'"
      autocapitalize="off"
      spellcheck="false"
      [readOnly]="shown.fixed ?? false"
      [attr.data-first]="first() ? '' : null"
      [attr.aria-required]="!shown.optional"
      [attr.aria-invalid]="invalid()"
      [attr.aria-describedby]="id() + '-about'"
      (input)="changed.emit(control.value)"
      (blur)="left.emit()"
    />
  `,
})
export class TextControl extends Control<TextField, string> {
  /** Takes the focus when its dialog opens. */
  readonly first = input(false);
}
