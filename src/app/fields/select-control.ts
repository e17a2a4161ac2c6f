import { Component } from '@angular/core';
import type { SelectField } from './form-field.ts';
import { Control } from './control.ts';

/** A choice among a few. */
@Component({
  selector: 'stint-select-control',
  template: `
    @let shown = field();
    <select
      #control
      [id]="id()"
      [disabled]="shown.fixed ?? false"
      [attr.aria-required]="!shown.optional"
      [attr.aria-invalid]="invalid()"
      [attr.aria-describedby]="id() + '-about'"
      (change)="changed.emit(control.value)"
      (blur)="left.emit()"
    >
      @if (shown.none; as none) {
        <option value="" [selected]="value() === ''">{{ none }}</option>
      }
      @for (choice of shown.choices; track choice.value) {
        <option [value]="choice.value" [selected]="value() === choice.value">
          {{ choice.label }}
        </option>
      }
    </select>
  `,
  styles: `
    select {
      height: 34px;
    }
  `,
})
export class SelectControl extends Control<SelectField, string> {}
