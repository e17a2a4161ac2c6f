import { Component, computed, inject, output, signal } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { CloudBadge } from '../icons/cloud-badge.ts';
import { Icon } from '../icons/icon.ts';
import { IntegrationForm } from '../integrations/integration-form.ts';
import { IntegrationOperations } from '../integrations/integration-operations.ts';
import { Page } from '../navigation/page.ts';

/** Shown while there are no sessions: the vault, and the ways to bring accounts. */
@Component({
  selector: 'stint-first-run',
  imports: [CloudBadge, CopyButton, Icon, IntegrationForm],
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
}
