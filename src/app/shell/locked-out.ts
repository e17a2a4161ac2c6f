import { Component, input } from '@angular/core';
import type { LockedOutBy } from '../connection/workspace.ts';
import { Icon } from '../icons/icon.ts';

/** Shown when the window has no valid access token, or when it must not or cannot show it. */
@Component({
  selector: 'stint-locked-out',
  imports: [Icon],
  template: `
    <main>
      <stint-icon name="lock" />
      @if (by() === 'stranger') {
        <h1>Another program answers here</h1>
        <p>
          It could not prove that it is your Stint, so this window told it nothing. Open a new
          window from your terminal:
        </p>
      } @else if (by() === 'vault') {
        <h1>The vault is locked</h1>
        <p>
          This window continues when the vault is unlocked. Unlock it on the command line or in a
          new window:
        </p>
      } @else {
        <h1>This window’s access has expired</h1>
        <p>Open a new window from your terminal:</p>
      }
      <code>stint ui</code>
    </main>
  `,
  styles: `
    :host {
      display: grid;
      place-items: center;
      height: 100%;
      padding: 24px;
    }
    main {
      max-width: 400px;
      text-align: center;
      color: var(--soft);
    }
    h1 {
      margin: 8px 0;
      color: var(--text);
      font-size: 18px;
    }
    code {
      display: inline-block;
      padding: 8px 16px;
      border: 1px solid var(--line);
      border-radius: var(--r1);
      background: var(--panel);
      color: var(--text);
      font: 13px var(--mono);
    }
  `,
})
export class LockedOut {
  readonly by = input.required<LockedOutBy>();
}
