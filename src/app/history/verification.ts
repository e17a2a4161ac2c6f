import { computed, inject, Injectable, signal } from '@angular/core';
import type { HistoryVerification } from '../../models/history-verification.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { problemText } from '../toasts/problem-text.ts';

/** Whether the history is what Stint wrote, as its hash chain shows. */
@Injectable()
export class Verification {
  readonly #owner = inject(OwnerClient);
  readonly #result = signal<HistoryVerification | undefined>(undefined);
  readonly #failure = signal<string | undefined>(undefined);
  readonly checking = signal(false);
  readonly state = computed<'unknown' | 'intact' | 'broken'>(() => {
    const result = this.#result();
    if (result === undefined) return 'unknown';
    return result.ok ? 'intact' : 'broken';
  });
  readonly text = computed(() => {
    const failure = this.#failure();
    if (failure !== undefined) return failure;
    const result = this.#result();
    if (result === undefined) return '';
    if (!result.ok) return [result.message, result.next].filter(Boolean).join(' ');
    return `${count.format(result.rows)} ${result.rows === 1 ? 'entry' : 'entries'}, none changed or missing`;
  });

  async check(): Promise<void> {
    if (this.checking()) return;
    this.checking.set(true);
    try {
      this.#result.set(await this.#owner.client.request('GET', '/v1/history/verify'));
      this.#failure.set(undefined);
    } catch (error) {
      this.#result.set(undefined);
      this.#failure.set(problemText(error).text);
    } finally {
      this.checking.set(false);
    }
  }
}

const count = new Intl.NumberFormat('en-GB');
