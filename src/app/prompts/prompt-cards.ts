import { Component, computed, effect, ElementRef, inject, linkedSignal } from '@angular/core';
import type { Prompt } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { focusPrompt } from './focus-prompt.ts';
import { PromptCard } from './prompt-card.ts';
import { nextQueue, windowTitle, type QueuedPrompt } from './prompt-queue.ts';
import { PromptTitles } from './prompt-title.ts';

/** The open questions as cards, oldest first. The key `a` goes to the first, Escape back. */
@Component({
  selector: 'stint-prompt-cards',
  imports: [PromptCard],
  template: `
    <section aria-label="Questions">
      @if (queue().length > 0) {
        <h2>
          Questions <b>{{ queue().length }}</b>
          <span><kbd>a</kbd> to answer</span>
        </h2>
      }
      @for (queued of queue(); track queued.key) {
        <stint-prompt-card [prompt]="queued.prompt" [checking]="queued.checking" />
      }
    </section>
    <p class="unseen" role="status" aria-live="polite">{{ announcement() }}</p>
  `,
  styleUrl: './prompt-cards.css',
  host: {
    '[class.empty]': 'queue().length === 0',
    '(document:keydown)': 'onKey($event)',
    '(focusin)': 'onFocus($event)',
  },
})
export class PromptCards {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #titles = inject(PromptTitles);
  readonly #workspace = inject(Workspace);
  protected readonly queue = linkedSignal<
    { readonly open: readonly Prompt[]; readonly isPending: (prompt: Prompt) => boolean },
    readonly QueuedPrompt[]
  >({
    source: () => {
      const open = this.#workspace.prompts();
      const pending = new Set(
        this.#workspace
          .sessions()
          .filter(({ status }) => status === 'pending')
          .map(({ sessionId }) => sessionId),
      );
      return { open, isPending: ({ sessionId = '' }) => pending.has(sessionId) };
    },
    computation: ({ open, isPending }, before) => nextQueue(before?.value ?? [], open, isPending),
  });
  readonly #names = computed(() =>
    this.queue()
      .filter(({ checking }) => !checking)
      .map(({ prompt }) => this.#titles.of(prompt)),
  );
  protected readonly announcement = computed(() => {
    const newest = this.#names().at(-1);
    return newest === undefined ? '' : `${newest}. Press a to answer.`;
  });
  /** What had the focus before a card took it. */
  #before: HTMLElement | undefined;

  constructor() {
    effect(() => {
      const names = this.#names();
      document.title = windowTitle(names);
      const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
      if (icon !== null) icon.href = names.length === 0 ? 'favicon.svg' : 'favicon-waiting.svg';
      void setBadge(names.length);
    });
  }

  protected onFocus({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof HTMLElement && !this.#host.contains(relatedTarget)) {
      this.#before = relatedTarget;
    }
  }

  protected onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    const isInside = target instanceof Node && this.#host.contains(target);
    if (key === 'Escape' && isInside) {
      event.preventDefault();
      if (this.#before?.isConnected === true) this.#before.focus();
      else document.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
      return;
    }
    const isTyping =
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement;
    if (key !== 'a' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (focusPrompt()) event.preventDefault();
  }
}

/** On the icon of an installed window, where the browser can (Badging API). */
async function setBadge(count: number): Promise<void> {
  // Firefox and older browsers do not have it.
  if (!('setAppBadge' in navigator)) return;
  try {
    if (count === 0) await navigator.clearAppBadge();
    else await navigator.setAppBadge(count);
  } catch {
    // The title says it too.
  }
}
