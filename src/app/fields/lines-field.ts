import { Component, input, output } from '@angular/core';

/** A labelled text of several lines with a hint below it, or what is wrong. */
@Component({
  selector: 'stint-lines-field',
  template: `
    <label [for]="'field-' + name()">
      {{ label() }}
      @if (optional()) {
        <span>optional</span>
      }
    </label>
    <textarea
      #field
      rows="4"
      [id]="'field-' + name()"
      [value]="value()"
      [placeholder]="placeholder()"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      [attr.aria-required]="!optional()"
      [attr.aria-invalid]="error() !== undefined"
      [attr.aria-describedby]="'about-' + name()"
      (input)="typed.emit(field.value)"
      (blur)="left.emit()"
    ></textarea>
    <p [id]="'about-' + name()" [class.error]="error() !== undefined" aria-live="polite">
      {{ error() === undefined ? hint() : label() + ' ' + error() }}
    </p>
  `,
  styleUrl: './field.css',
})
export class LinesField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly placeholder = input('');
  readonly hint = input('');
  readonly optional = input(false);
  readonly error = input<string>();
  readonly typed = output<string>();
  readonly left = output();
}
