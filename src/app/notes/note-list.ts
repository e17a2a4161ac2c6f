import { Component, inject } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { Notes } from './notes.ts';

@Component({
  selector: 'stint-note-list',
  imports: [Icon],
  template: `
    <div class="notes" role="status" aria-live="polite">
      @for (note of notes.notes(); track note.id) {
        <div class="note" [class.problem]="note.kind === 'problem'">
          <stint-icon [name]="note.kind === 'problem' ? 'warning' : 'check'" />
          <p>
            {{ note.text }}
            @if (note.next) {
              <span class="next">{{ note.next }}</span>
            }
          </p>
          <button class="quiet" aria-label="Dismiss" (click)="notes.dismiss(note.id)">
            <stint-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .notes {
      position: fixed;
      left: 50%;
      bottom: 44px;
      z-index: 30;
      transform: translateX(-50%);
      display: flex;
      flex-direction: column;
      gap: 8px;
      width: min(560px, calc(100vw - 32px));
      pointer-events: none;
    }
    .note {
      pointer-events: auto;
      display: flex;
      align-items: flex-start;
      gap: 10px;
      padding: 10px 8px 10px 14px;
      border: 1px solid var(--line);
      border-radius: var(--r2);
      background: var(--raised);
      box-shadow: var(--shadow);
      overflow-wrap: anywhere;
    }
    .note > stint-icon {
      margin-top: 2px;
      color: var(--ok);
    }
    .problem > stint-icon {
      color: var(--bad);
    }
    p {
      flex: 1;
      margin: 0;
    }
    .next {
      display: block;
      color: var(--soft);
    }
    button {
      padding: 2px;
    }
  `,
})
export class NoteList {
  protected readonly notes = inject(Notes);
}
