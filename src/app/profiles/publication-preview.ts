import { Component, computed, input, output, viewChild } from '@angular/core';
import type { PublicationResult } from '../../models/profile.ts';
import { Dialog } from '../dialog/dialog.ts';
import { diffLines } from './profile-text.ts';
import type { Publication } from './profiles.ts';

/** Shows what a publication would change in the AWS config file, before it does. */
@Component({
  selector: 'stint-publication-preview',
  imports: [Dialog],
  template: `
    <stint-dialog [title]="title()" (closed)="closed.emit()">
      @if (result().changes.length > 0) {
        <p>
          This changes <code>{{ result().file }}</code>, and no other byte of it:
        </p>
        <!-- Takes the focus, so that the keyboard can scroll it. -->
        <div class="diff" role="region" aria-label="Changes" tabindex="0">
          @for (line of lines(); track $index) {
            <div [class.removed]="line.sign === '-'">{{ line.sign }} {{ line.text }}</div>
          }
        </div>
      } @else {
        <p>
          Nothing would change in <code>{{ result().file }}</code>.
        </p>
      }
      @if (result().skipped.length > 0) {
        <h3>Skipped</h3>
        <ul>
          @for (one of result().skipped; track one.profileName) {
            <li>
              <b>{{ one.profileName }}</b>: {{ one.reason }}.
            </li>
          }
        </ul>
      }
      <footer>
        @if (result().changes.length > 0) {
          <button type="button" (click)="dialog().close()">Cancel</button>
          <button
            type="button"
            [class]="publication().action === 'publish' ? 'primary' : 'danger'"
            (click)="confirmed.emit(); dialog().close()"
          >
            {{ verb() }}
          </button>
        } @else {
          <button type="button" (click)="dialog().close()">Close</button>
        }
      </footer>
    </stint-dialog>
  `,
  styles: `
    p,
    ul {
      margin: 0 0 10px;
      color: var(--soft);
      overflow-wrap: anywhere;
    }
    ul {
      max-height: 20dvh;
      padding-inline-start: 18px;
      overflow: auto;
    }
    h3 {
      margin: 0 0 4px;
      font-size: 13px;
      font-weight: 600;
    }
    code,
    .diff {
      font: 12px/1.6 var(--mono);
      color: var(--text);
    }
    .diff {
      max-height: 40dvh;
      margin-bottom: 14px;
      padding: 8px 12px;
      border: 1px solid var(--line);
      border-radius: var(--r1);
      background: var(--bg);
      overflow: auto;
      overflow-wrap: anywhere;
    }
    .diff div {
      padding-inline-start: 2ch;
      color: var(--ok);
      text-indent: -2ch;
    }
    .diff .removed {
      color: var(--bad);
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 8px;
    }
  `,
})
export class PublicationPreview {
  readonly publication = input.required<Publication>();
  /** The answer of its dry run. */
  readonly result = input.required<PublicationResult>();
  readonly confirmed = output();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  protected readonly lines = computed(() => diffLines(this.result()));
  protected readonly verb = computed(() =>
    this.publication().action === 'publish' ? 'Publish' : 'Unpublish',
  );
  protected readonly title = computed(() => {
    const [only, ...others] = this.publication().profileNames ?? [];
    const what = only === undefined || others.length > 0 ? 'every profile' : `profile ${only}`;
    return `${this.verb()} ${what}?`;
  });
}
