import { Component, computed, effect, inject, signal } from '@angular/core';
import type { Schemas } from '../../client/client.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';

/**
 * What can open the vault, the system keychain or a passphrase, and which one does. Only the owner may move
 * the key (DESIGN §7), so the other one is shown with its command.
 */
@Component({
  selector: 'stint-vault-choice',
  imports: [CopyButton],
  template: `
    <ul aria-label="What opens the vault">
      @for (option of options(); track option.name) {
        <li [class.used]="option.isUsed">
          <b>{{ option.name }}</b>
          @if (option.sign) {
            <em>{{ option.sign }}</em>
          }
          <small>{{ option.about }}</small>
          @if (option.command; as command) {
            <p>
              <code>{{ command }}</code>
              <stint-copy-button [label]="'Copy the command: ' + option.name" [text]="command" />
            </p>
          }
          @if (option.canTryAgain) {
            <button type="button" (click)="read()">Check again</button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: 8px;
      margin: 4px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      padding: 10px 14px;
      border: 1px solid var(--line);
      border-radius: var(--r2);
    }
    li.used {
      border-color: var(--accent);
      box-shadow: inset 0 0 0 1px var(--accent);
    }
    b {
      font-weight: 600;
    }
    em {
      float: inline-end;
      padding: 0 7px;
      border: 1px solid var(--line);
      border-radius: 4px;
      color: var(--soft);
      font-size: 11px;
      font-style: normal;
      line-height: 18px;
    }
    small {
      display: block;
      color: var(--soft);
      font-size: 12px;
      line-height: 17px;
      overflow-wrap: anywhere;
    }
    p {
      display: flex;
      align-items: center;
      gap: 6px;
      margin: 6px 0 0;
    }
    code {
      font: 12px var(--mono);
      color: var(--text);
    }
    button {
      margin-top: 8px;
    }
  `,
})
export class VaultChoice {
  readonly #client = inject(OwnerClient).client;
  readonly #workspace = inject(Workspace);
  readonly #vault = signal<Schemas['Owner']['vault'] | undefined>(undefined);
  protected readonly options = computed(() => {
    const vault = this.#vault();
    return vault === undefined ? [] : [keychainOption(vault), passphraseOption(vault)];
  });

  constructor() {
    effect(() => {
      this.#workspace.vaultLocked();
      void this.read();
    });
  }

  /** The owner tries the keychain before it answers, and opens the vault if it can. */
  protected async read(): Promise<void> {
    try {
      this.#vault.set((await this.#client.request('GET', '/v1/owner')).vault);
    } catch {
      // Read again when the vault is locked or unlocked.
    }
  }
}

type Vault = Schemas['Owner']['vault'];

interface Option {
  readonly name: string;
  readonly about: string;
  /** It opens the vault, or is asked for now. */
  readonly isUsed: boolean;
  readonly sign?: string;
  readonly command?: string;
  readonly canTryAgain?: true;
}

function keychainOption({ method, locked, keychainFailure }: Vault): Option {
  const name = 'System keychain';
  const about = 'Opens when you log in. Nothing to remember.';
  if (keychainFailure !== undefined) {
    const why = `${keychainFailure.replace(/\.$/, '')}. Unlock it or set it up, and Stint uses it.`;
    return { name, about: why, isUsed: false, sign: 'Not available', canTryAgain: true };
  }
  if (method === 'keychain') return { name, about, isUsed: true, sign: 'In use' };
  return otherOption({ name, about }, locked, 'stint passphrase --keychain');
}

function passphraseOption({ method, locked, keychainFailure }: Vault): Option {
  const name = 'Passphrase';
  const about = 'You type it after each restart. Works on servers too.';
  const isUsed = method === 'passphrase' || keychainFailure !== undefined;
  if (isUsed) return { name, about, isUsed, sign: locked ? 'Asked for now' : 'In use' };
  return otherOption({ name, about }, locked, 'stint passphrase --passphrase');
}

/** The key of an open vault can move there. */
function otherOption(
  { name, about }: Pick<Option, 'name' | 'about'>,
  locked: boolean,
  command: string,
): Option {
  if (locked) return { name, about, isUsed: false };
  return { name, about: `${about} To change to it:`, isUsed: false, command };
}
