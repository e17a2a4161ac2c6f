import { Component, input, output } from '@angular/core';
import type { Choice } from './choice.ts';

/** A labelled choice with a hint below it, or what is wrong. */
@Component({
  selector: 'stint-select-field',
  template: `
    <label [for]="'field-' + name()">
      {{ label() }}
      @if (optional()) {
        <span>optional</span>
      }
    </label>
    <select
      #field
      [id]="'field-' + name()"
      [disabled]="disabled()"
      [attr.aria-required]="!optional()"
      [attr.aria-invalid]="error() !== undefined"
      [attr.aria-describedby]="'about-' + name()"
      (change)="chosen.emit(field.value)"
      (blur)="left.emit()"
    >
      @if (none() !== '') {
        <option value="" [selected]="value() === ''">{{ none() }}</option>
      }
      @for (choice of choices(); track choice.value) {
        <option [value]="choice.value" [selected]="value() === choice.value">
          {{ choice.label }}
        </option>
      }
    </select>
    <p [id]="'about-' + name()" [class.error]="error() !== undefined" aria-live="polite">
      {{ error() === undefined ? hint() : label() + ' ' + error() }}
      <ng-content />
    </p>
  `,
  styleUrl: './field.css',
})
export class SelectField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly choices = input.required<readonly Choice[]>();
  readonly hint = input('');
  readonly optional = input(false);
  readonly disabled = input(false);
  /** What stands for no choice; empty where one always is made. */
  readonly none = input('Choose…');
  readonly error = input<string>();
  readonly chosen = output<string>();
  readonly left = output();
}
