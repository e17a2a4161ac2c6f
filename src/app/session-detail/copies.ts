import { Component, computed, inject, input } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Clipboard } from '../copy/clipboard.ts';
import { copyFacts } from '../sessions/session-facts.ts';

/** Copies what identifies the session, and its credentials. */
@Component({
  selector: 'stint-copies',
  template: `
    <h3>Copy</h3>
    <div>
      @for (fact of facts(); track fact[0]) {
        <button type="button" (click)="clipboard.copy(fact[0], fact[1])">{{ fact[0] }}</button>
      }
      @if (session().status === 'active' && session().type !== 'azure') {
        <button type="button" (click)="clipboard.copyCredentials(session())">Credentials</button>
      }
    </div>
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
  `,
})
export class Copies {
  protected readonly clipboard = inject(Clipboard);
  readonly session = input.required<Session>();
  protected readonly facts = computed(() => copyFacts(this.session()));
}
