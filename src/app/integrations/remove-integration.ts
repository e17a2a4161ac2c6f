import { Component, inject, input, output, signal, viewChild } from '@angular/core';
import type { Integration } from '../connection/owner-client.ts';
import { Dialog } from '../dialog/dialog.ts';
import { IntegrationOperations } from './integration-operations.ts';

/** Confirms the removal of an integration, and asks whether its sessions are removed too. */
@Component({
  selector: 'stint-remove-integration',
  imports: [Dialog],
  template: `
    <stint-dialog [title]="'Remove ' + integration().name + '?'" (closed)="closed.emit()">
      <p>Stint signs out and ends its sessions. The history is kept.</p>
      @if (sessions() > 0) {
        <label>
          <input
            type="checkbox"
            [checked]="withSessions()"
            (change)="withSessions.set(!withSessions())"
          />
          Also remove its {{ sessions() }} {{ sessions() === 1 ? 'session' : 'sessions' }}, with
          labels and pins
        </label>
      }
      <footer>
        <button type="button" (click)="dialog().close()">Cancel</button>
        <button type="button" class="danger" (click)="remove()">Remove</button>
      </footer>
    </stint-dialog>
  `,
  styles: `
    p {
      margin: 0 0 12px;
      color: var(--soft);
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-bottom: 12px;
    }
    input {
      width: auto;
      margin: 0;
    }
    footer {
      display: flex;
      justify-content: flex-end;
      gap: 8px;
    }
  `,
})
export class RemoveIntegration {
  readonly #operations = inject(IntegrationOperations);
  readonly integration = input.required<Integration>();
  /** The number of its sessions. */
  readonly sessions = input.required<number>();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  protected readonly withSessions = signal(true);

  protected remove(): void {
    void this.#operations.remove(this.integration(), this.withSessions());
    this.dialog().close();
  }
}
