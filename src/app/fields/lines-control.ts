import { Component, output } from '@angular/core';
import type { LinesField } from './form-field.ts';
import { Control } from './control.ts';

/** In bytes; no certificate is longer, so a longer file was picked by mistake. */
const longestFile = 256 * 1024;

/** A text of several lines. */
@Component({
  selector: 'stint-lines-control',
  template: `
    @let shown = field();
    <textarea
      #control
      rows="4"
      [class.masked]="shown.secret"
      [id]="id()"
      [value]="value()"
      [placeholder]="shown.placeholder ?? ''"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      [attr.aria-required]="!shown.optional"
      [attr.aria-invalid]="invalid()"
      [attr.aria-describedby]="id() + '-about'"
      (input)="changed.emit(control.value)"
      (blur)="left.emit()"
    ></textarea>
    @if (shown.fileTypes; as types) {
      <input
        #file
        hidden
        type="file"
        [accept]="types"
        [attr.aria-label]="'File with the ' + shown.label.toLowerCase()"
        (change)="read(file)"
      />
      <button type="button" class="link" (click)="file.click()">Read from a file…</button>
    }
  `,
  styles: `
    .masked:not(:placeholder-shown) {
      -webkit-text-security: disc;
    }
    .link {
      font-size: 12px;
    }
  `,
})
export class LinesControl extends Control<LinesField, string> {
  /** Why a file could not be read, as a sentence. */
  readonly unreadable = output<string>();

  protected async read(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    // The same file may be chosen again.
    input.value = '';
    if (file === undefined) return;
    if (file.size > longestFile) {
      this.unreadable.emit(`${file.name} is larger than 256 kB. Choose another file.`);
      return;
    }
    try {
      this.changed.emit(await file.text());
      this.left.emit();
    } catch {
      this.unreadable.emit(`${file.name} cannot be read. Check its permissions.`);
    }
  }
}
