import { Component, computed, effect, inject, signal } from '@angular/core';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';
import type { Schemas } from '../../client/client.ts';
import { Icon } from '../icons/icon.ts';
import { Toasts } from '../toasts/toasts.ts';

/** What opens the vault, and locking it now. */
@Component({
  selector: 'stint-vault-rows',
  imports: [CopyButton, Icon],
  template: `
    <div class="row">
      <div>
        Vault key
        <small>{{ keyText() }}</small>
      </div>
      <p>
        <code>{{ command() }}</code>
        <stint-copy-button label="Copy the command for the vault key" [text]="command()" />
      </p>
    </div>
    <div class="row">
      <div>
        {{ workspace.vaultLocked() ? 'The vault is locked' : 'The vault is open' }}
        <small>Locked, Stint forgets its key and all secrets until you unlock it.</small>
      </div>
      <button [disabled]="workspace.vaultLocked()" (click)="lock()">
        <stint-icon name="lock" />Lock now
      </button>
    </div>
  `,
  styleUrl: './rows.css',
})
export class VaultRows {
  readonly #owner = inject(OwnerClient);
  readonly #toasts = inject(Toasts);
  protected readonly workspace = inject(Workspace);
  readonly #vault = signal<Schemas['Owner']['vault'] | undefined>(undefined);
  protected readonly keyText = computed(() => {
    const method = this.#vault()?.method;
    if (method === undefined) return '';
    return method === 'keychain'
      ? 'Kept in the system keychain. Only you can move it, on the command line.'
      : 'Protected with your passphrase. Only you can change it, on the command line.';
  });
  protected readonly command = computed(() =>
    this.#vault()?.method === 'keychain' ? 'stint passphrase --passphrase' : 'stint passphrase',
  );

  constructor() {
    effect(() => {
      this.workspace.vaultLocked();
      void this.#read();
    });
  }

  protected async lock(): Promise<void> {
    try {
      const { stopped } = await this.#owner.client.request('POST', '/v1/lock');
      const names = stopped.map(({ sessionName }) => sessionName).join(', ');
      this.#toasts.success(
        names === '' ? 'The vault is locked.' : `The vault is locked. Stopped: ${names}.`,
      );
    } catch (error) {
      this.#toasts.error(error);
    }
  }

  async #read(): Promise<void> {
    try {
      this.#vault.set((await this.#owner.client.request('GET', '/v1/owner')).vault);
    } catch {
      // Read again when the vault is locked or unlocked.
    }
  }
}
