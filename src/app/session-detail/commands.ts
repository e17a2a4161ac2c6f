import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { Deliveries } from '../sessions/deliveries.ts';
import { usesOf, type Use } from './uses.ts';

/** The commands that use the session; they contain no secrets. */
@Component({
  selector: 'stint-commands',
  imports: [CopyButton],
  template: `
    @if (uses().length > 0) {
      <h3>Use it</h3>
      <div class="tabs" role="tablist" aria-label="Ways to use it">
        @for (use of uses(); track use.title; let index = $index) {
          <button
            role="tab"
            [id]="'use-' + index"
            [attr.aria-selected]="index === shown()"
            [attr.tabindex]="index === shown() ? 0 : -1"
            aria-controls="use-command"
            (click)="shown.set(index)"
            (keydown)="onKey($event)"
          >
            {{ use.title }}
          </button>
        }
      </div>
      <div
        class="command"
        id="use-command"
        role="tabpanel"
        [attr.aria-labelledby]="'use-' + shown()"
      >
        <code>
          @for (word of words(); track $index) {
            <span>{{ word }}</span>{{ ' ' }}
          }
        </code>
        <stint-copy-button label="Copy command" [text]="command()" />
      </div>
    }
  `,
  styles: `
    .tabs {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 10px;
      margin-bottom: 8px;
    }
    [role='tab'] {
      padding: 0 0 3px;
      border: 0;
      border-bottom: 2px solid transparent;
      border-radius: 0;
      background: none !important;
      color: var(--faint);
      font-size: 12px;
      font-weight: 500;
    }
    [role='tab'][aria-selected='true'] {
      border-color: var(--accent);
      color: var(--accent);
      font-weight: 600;
    }
    @media (forced-colors: active) {
      [role='tab']:not([aria-selected='true']) {
        border-color: Canvas;
      }
    }
    .command {
      display: flex;
      align-items: flex-start;
      gap: 8px;
      padding-block: 8px;
      padding-inline: 10px 6px;
      border: 1px solid var(--line);
      border-radius: var(--r1);
      background: var(--bg);
    }
    code {
      flex: 1;
      font: 12px/1.6 var(--mono);
      overflow-wrap: anywhere;
    }
    code span {
      display: inline-block;
      max-width: 100%;
    }
  `,
})
export class Commands {
  readonly #workspace = inject(Workspace);
  readonly #deliveries = inject(Deliveries);
  readonly session = input.required<Session>();
  protected readonly uses = computed<readonly Use[]>(() => {
    return usesOf(this.session(), this.#name(), this.#deliveries.of(this.session()));
  });
  protected readonly shown = linkedSignal<readonly Use[], number>({
    source: () => this.uses(),
    computation: (uses, before) => Math.min(before?.value ?? 0, uses.length - 1),
  });
  /** Lines break between them: an option stays in one piece. */
  protected readonly words = computed(() => this.command().split(' '));
  protected readonly command = computed(() => this.uses()[this.shown()]?.command ?? '');
  /** Its id if others have the same name: the command refuses an ambiguous one. */
  readonly #name = computed(() => {
    const { sessionId, sessionName } = this.session();
    const named = this.#workspace.sessions().filter((one) => one.sessionName === sessionName);
    return named.length > 1 ? sessionId : sessionName;
  });

  protected onKey(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const count = this.uses().length;
    this.shown.update((now) => (now + by + count) % count);
    setTimeout(() => document.getElementById(`use-${this.shown()}`)?.focus());
  }
}
