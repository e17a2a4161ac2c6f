import { Component, input, output } from '@angular/core';

/** A labelled line of text with a hint below it, or what is wrong. */
@Component({
  selector: 'stint-text-field',
  template: `
    <label [for]="'field-' + name()">
      {{ label() }}
      @if (optional()) {
        <span>optional</span>
      }
    </label>
    <input
      #field
      [id]="'field-' + name()"
      [type]="secret() ? 'password' : 'text'"
      [value]="value()"
      [placeholder]="placeholder()"
      [attr.autocomplete]="secret() ? 'new-password' : 'off'"
      autocapitalize="off"
      spellcheck="false"
      [readOnly]="fixed()"
      [attr.data-first]="first() ? '' : null"
      [attr.aria-required]="!optional()"
      [attr.aria-invalid]="error() !== undefined"
      [attr.aria-describedby]="'about-' + name()"
      (input)="typed.emit(field.value)"
      (blur)="left.emit()"
    />
    <p [id]="'about-' + name()" [class.error]="error() !== undefined" aria-live="polite">
      {{ error() === undefined ? hint() : label() + ' ' + error() }}
    </p>
  `,
  styleUrl: './field.css',
})
export class TextField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly placeholder = input('');
  readonly hint = input('');
  readonly optional = input(false);
  readonly secret = input(false);
  /** Shown, but not to be changed. */
  readonly fixed = input(false);
  /** Has the keyboard when its dialog opens. */
  readonly first = input(false);
  readonly error = input<string>();
  readonly typed = output<string>();
  readonly left = output();
}
