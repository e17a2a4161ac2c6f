import { computed, inject, Injectable, signal } from '@angular/core';
import type { CallOptions } from '../../client/routes.ts';
import { Problem } from '../../models/problem.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { apiErrors } from '../form/field-errors.ts';
import { problemText } from '../toasts/problem-text.ts';

type Patch = NonNullable<CallOptions<'PATCH', '/v1/settings'>['body']>;

/** What became of the last change of a setting. */
export type SaveState =
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly label: string; readonly error: string };

/** Saves settings one by one, and keeps what became of each. */
@Injectable()
export class SettingsEditor {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #states = signal<ReadonlyMap<string, SaveState>>(new Map());
  readonly settings = this.#workspace.settings;
  /** One change is sent after the other: the last one wins. */
  #sending: Promise<unknown> = Promise.resolve();
  /** The labels of what was not saved. */
  readonly refused = computed(() =>
    [...this.#states().values()].flatMap((state) =>
      state.kind === 'refused' ? [state.label] : [],
    ),
  );

  state(name: string): SaveState | undefined {
    return this.#states().get(name);
  }

  /** A value that is wrong: it is not sent, and named until it is right. */
  refuse(name: string, label: string, error: string): void {
    this.#set(name, { kind: 'refused', label, error });
  }

  /** Sends one value, null to remove it. Resolves with whether it was saved; never rejects. */
  async save(name: string, label: string, value: unknown): Promise<boolean> {
    this.#set(name, { kind: 'saving' });
    const sent = this.#sending.then(() => this.#send(name, label, value));
    this.#sending = sent;
    return await sent;
  }

  async #send(name: string, label: string, value: unknown): Promise<boolean> {
    try {
      const body = { [name]: value } as Patch;
      this.#workspace.putSettings(
        await this.#owner.client.request('PATCH', '/v1/settings', { body }),
      );
      this.#set(name, { kind: 'saved' });
      return true;
    } catch (error) {
      this.refuse(name, label, refusal(name, label, error));
      return false;
    }
  }

  /** Back to what is saved. */
  forget(name: string): void {
    this.#states.update((all) => new Map([...all].filter(([one]) => one !== name)));
  }

  #set(name: string, state: SaveState): void {
    this.#states.update((all) => new Map(all).set(name, state));
  }
}

function refusal(name: string, label: string, error: unknown): string {
  const errors = error instanceof Problem ? (error.details.errors ?? []) : [];
  const field = { name, label, kind: 'text' } as const;
  const named = apiErrors(errors, [field], (path) => (path.startsWith(name) ? name : undefined));
  const { text, next } = problemText(error);
  return named[name] ?? [text, next].filter((part) => part !== undefined).join(' ');
}
