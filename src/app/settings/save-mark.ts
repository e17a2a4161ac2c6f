import { Component, input } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import type { SaveState } from './settings-editor.ts';

/** Says what became of a change: saved, or why not. */
@Component({
  selector: 'stint-save-mark',
  imports: [Icon],
  template: `
    <span role="status" [class.refused]="state()?.kind === 'refused'" [id]="id()">
      @if (state(); as shown) {
        @switch (shown.kind) {
          @case ('saving') {
            Saving…
          }
          @case ('saved') {
            <stint-icon name="check" /> Saved
          }
          @case ('refused') {
            {{ shown.error }}
          }
        }
      }
    </span>
  `,
  styles: `
    span {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      color: var(--ok);
      font-size: 12px;
      font-weight: 550;
    }
    .refused {
      color: var(--bad);
    }
  `,
})
export class SaveMark {
  readonly state = input.required<SaveState | undefined>();
  readonly id = input.required<string>();
}
