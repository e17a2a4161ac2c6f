import { Component, computed, effect, inject, output, signal } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { CloudBadge } from '../icons/cloud-badge.ts';
import { Icon } from '../icons/icon.ts';
import { foundText } from '../import/import-text.ts';
import { Imports, type FoundSource } from '../import/imports.ts';
import { IntegrationForm } from '../integrations/integration-form.ts';
import { IntegrationOperations } from '../integrations/integration-operations.ts';
import { Page } from '../navigation/page.ts';
import { VaultChoice } from './vault-choice.ts';

/** Shown while there are no sessions: the vault, and the ways to bring accounts. */
@Component({
  selector: 'stint-first-run',
  imports: [CloudBadge, CopyButton, Icon, IntegrationForm, VaultChoice],
  providers: [Imports],
  templateUrl: './first-run.html',
  styleUrl: './first-run.css',
})
export class FirstRun {
  readonly add = output();
  protected readonly page = inject(Page);
  protected readonly operations = inject(IntegrationOperations);
  readonly #workspace = inject(Workspace);
  protected readonly connecting = signal<'awsSso' | 'azure' | undefined>(undefined);
  /** What has to be done about the vault before accounts; undefined if it is open. */
  protected readonly vault = computed<'new' | 'locked' | undefined>(() => {
    const question = this.#workspace.prompts().find(({ kind }) => kind === 'unlock');
    if (question !== undefined) return question.isNew === true ? 'new' : 'locked';
    return this.#workspace.vaultLocked() ? 'locked' : undefined;
  });
  protected readonly practice = 'npm run demo';
  protected readonly imports = inject(Imports);

  constructor() {
    // What other tools have can be compared with what is here only once the vault is open.
    effect(() => {
      if (this.vault() === undefined) void this.imports.find();
    });
  }

  protected summary(source: FoundSource): string {
    return foundText(source);
  }
}
