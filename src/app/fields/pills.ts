import { Component, input, output } from '@angular/core';
import type { Choice } from './choice.ts';

/** A choice among a few, all visible at once, that decides what the form below asks for. */
@Component({
  selector: 'stint-pills',
  template: `
    <fieldset>
      <legend class="unseen">{{ label() }}</legend>
      @for (choice of choices(); track choice.value) {
        <label>
          <input
            type="radio"
            [name]="name()"
            [value]="choice.value"
            [checked]="choice.value === value()"
            (change)="chosen.emit(choice.value)"
          />
          {{ choice.label }}
        </label>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      min-width: 0;
      margin: 0 0 4px;
      padding: 0;
      border: 0;
    }
    label {
      display: flex;
      align-items: center;
      padding: 5px 7px;
      border: 1px solid var(--line);
      border-radius: 999px;
      color: var(--soft);
      font-weight: 550;
      cursor: pointer;
    }
    label:has(:checked) {
      border-color: var(--accent);
      background: var(--accent-bg);
      color: var(--accent);
    }
    label:has(:focus-visible) {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    input {
      position: absolute;
      width: 1px;
      height: 1px;
      opacity: 0;
    }
  `,
})
export class Pills {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly choices = input.required<readonly Choice[]>();
  readonly chosen = output<string>();
}
