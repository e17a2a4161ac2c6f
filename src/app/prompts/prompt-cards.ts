import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  signal,
} from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import { PromptCard } from './prompt-card.ts';

/** The open questions, one at a time as a card: the oldest, or the one that was chosen. */
@Component({
  selector: 'stint-prompt-cards',
  imports: [PromptCard],
  template: `
    <section aria-label="Questions">
      @for (prompt of shown(); track prompt.promptId) {
        <stint-prompt-card
          [prompt]="prompt"
          [waiting]="workspace.prompts().length - 1"
          (next)="showNext(prompt.promptId)"
        />
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
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  protected readonly workspace = inject(Workspace);
  /** The question that was chosen with "more waiting". */
  readonly #chosen = signal<string | undefined>(undefined);
  protected readonly shown = computed(() => {
    const prompts = this.workspace.prompts();
    const chosen = prompts.find(({ promptId }) => promptId === this.#chosen()) ?? prompts[0];
    return chosen === undefined ? [] : [chosen];
  });

  /** A question that is answered in a browser must not hold back the others. */
  protected showNext(after: string): void {
    const ids = this.workspace.prompts().map(({ promptId }) => promptId);
    this.#chosen.set(ids[(ids.indexOf(after) + 1) % ids.length]);
    const focus = () => this.#host.querySelector<HTMLElement>('input, a, button')?.focus();
    afterNextRender(focus, { injector: this.#injector });
  }
}
