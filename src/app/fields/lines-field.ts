import { Component, input, output } from '@angular/core';

/** More than any certificate has; a file that was picked by mistake is not read into the field. */
const longestFile = 256 * 1024;

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
      [class.masked]="secret()"
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
    @if (fileTypes() !== '') {
      <input
        #file
        hidden
        type="file"
        [accept]="fileTypes()"
        [attr.aria-label]="'File with the ' + label().toLowerCase()"
        (change)="read(file)"
      />
      <button type="button" class="link" (click)="file.click()">Read it from a file</button>
    }
  `,
  styleUrl: './field.css',
  styles: `
    .masked:not(:placeholder-shown) {
      -webkit-text-security: disc;
    }
    .link {
      font-size: 12px;
    }
  `,
})
export class LinesField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly placeholder = input('');
  readonly hint = input('');
  readonly optional = input(false);
  /** Not to be read over somebody's shoulder. */
  readonly secret = input(false);
  /** What files it may be read from; none where empty. */
  readonly fileTypes = input('');
  readonly error = input<string>();
  readonly typed = output<string>();
  readonly left = output();

  protected async read(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    this.typed.emit(file.size > longestFile ? '' : await file.text());
    // The same file may be chosen again.
    input.value = '';
    this.left.emit();
  }
}
