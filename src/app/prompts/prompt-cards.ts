import { Component, computed, inject } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import { PromptCard } from './prompt-card.ts';

/** The questions that wait for a person: the oldest as a card, how many more behind it. */
@Component({
  selector: 'stint-prompt-cards',
  imports: [PromptCard],
  template: `
    <section aria-label="Questions for you">
      @for (prompt of first(); track prompt.promptId) {
        <stint-prompt-card [prompt]="prompt" [waiting]="workspace.prompts().length - 1" />
      }
    </section>
  `,
  styles: `
    section {
      position: fixed;
      right: 16px;
      bottom: 44px;
      z-index: 20;
      width: min(352px, calc(100vw - 32px));
    }
    /* Beside the details, not over them. */
    @media (min-width: 1101px) {
      :host(.beside-detail) section {
        right: 364px;
      }
    }
  `,
})
export class PromptCards {
  protected readonly workspace = inject(Workspace);
  protected readonly first = computed(() => this.workspace.prompts().slice(0, 1));
}
