import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { profileNameFor } from '../../models/delivery.ts';
import { Problem } from '../../models/problem.ts';
import { Owner, type Session } from '../connection/owner.ts';
import { Workspace } from '../connection/workspace.ts';
import { Dialog } from '../dialog/dialog.ts';
import { Notes, wordsOf } from '../notes/notes.ts';
import {
  draftFieldOf,
  draftOf,
  emptyDraft,
  errorsOf,
  fieldsOf,
  secretsOf,
  type DraftErrors,
  type DraftField,
} from './iam-user-draft.ts';
import { TextField } from './text-field.ts';

/** Adds or edits a session of an IAM user; each field is checked as it is typed. */
@Component({
  selector: 'stint-session-form',
  imports: [Dialog, TextField],
  templateUrl: './session-form.html',
  styleUrl: './session-form.css',
})
export class SessionForm {
  readonly #owner = inject(Owner);
  readonly #workspace = inject(Workspace);
  readonly #notes = inject(Notes);
  /** The session to edit; undefined adds one. */
  readonly session = input<Session>();
  readonly saved = output<Session>();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  /** As it was when the form opened: a later change elsewhere is not overwritten unseen. */
  readonly #seen = linkedSignal<string | undefined, Session | undefined>({
    source: () => this.session()?.sessionId,
    computation: () => this.session(),
  });
  protected readonly draft = linkedSignal(() => {
    const session = this.#seen();
    return session === undefined ? emptyDraft : draftOf(session);
  });
  protected readonly isNew = computed(() => this.session() === undefined);
  protected readonly saving = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  /** Fields that were left once: only their mistakes are told while others are still typed. */
  readonly #left = signal<ReadonlySet<DraftField>>(new Set());
  readonly #fromOwner = signal<DraftErrors>({});
  readonly #errors = computed(() => errorsOf(this.draft(), { keysNeeded: this.isNew() }));
  protected readonly errors = computed<DraftErrors>(() => ({
    ...Object.fromEntries(
      Object.entries(this.#errors()).filter(([field]) => this.#left().has(field as DraftField)),
    ),
    ...this.#fromOwner(),
  }));
  /** The usual ones, and one of the session's own. */
  protected readonly environments = computed(() => [
    ...new Set(
      ['production', 'staging', 'development', this.session()?.environment ?? ''].filter(Boolean),
    ),
  ]);
  protected readonly profileHint = computed(() => {
    const name = this.draft().sessionName.trim();
    return name === '' ? '' : profileNameFor(name, new Set());
  });

  protected set(field: DraftField, value: string): void {
    this.draft.update((draft) => ({ ...draft, [field]: value }));
    this.#fromOwner.update((errors) =>
      Object.fromEntries(Object.entries(errors).filter(([name]) => name !== field)),
    );
  }

  protected leave(field: DraftField): void {
    if (this.draft()[field] !== '') this.#left.update((left) => new Set(left).add(field));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.#left.set(new Set(Object.keys(emptyDraft) as DraftField[]));
    this.refusal.set(undefined);
    const [wrong] = Object.keys(this.#errors());
    if (wrong !== undefined) {
      document.getElementById(`field-${wrong}`)?.focus();
      return;
    }
    this.saving.set(true);
    try {
      const session = await this.#send();
      this.#workspace.take(session);
      this.#notes.done(`${session.sessionName} is ${this.isNew() ? 'added' : 'saved'}.`);
      this.saved.emit(session);
      this.dialog().close();
    } catch (error) {
      this.#refused(error);
    } finally {
      this.saving.set(false);
    }
  }

  async #send(): Promise<Session> {
    const { client } = this.#owner;
    const session = this.session();
    const fields = fieldsOf(this.draft());
    const secrets = secretsOf(this.draft());
    const withSecrets = secrets === undefined ? {} : { secrets };
    if (session === undefined) {
      return await client.request('POST', '/v1/sessions', { body: { ...fields, ...withSecrets } });
    }
    // What was emptied is taken away; what the form does not show stays.
    const emptied = { mfaSerial: null, tokenSeconds: null, environment: null, labels: null };
    return await client.request('PATCH', '/v1/sessions/{id}', {
      path: { id: session.sessionId },
      body: { ...emptied, ...fields, ...withSecrets },
      ifRevision: this.#seen()?.revision,
    });
  }

  #refused(error: unknown): void {
    const fields = error instanceof Problem ? (error.details.errors ?? []) : [];
    const known = fields.flatMap(({ field, message }) => {
      const own = draftFieldOf(field);
      return own === undefined ? [] : [[own, message] as const];
    });
    this.#fromOwner.set(Object.fromEntries(known));
    const { text, next } = wordsOf(error);
    if (known.length === 0) this.refusal.set(next === undefined ? text : `${text} ${next}`);
    else document.getElementById(`field-${known[0]?.[0] ?? ''}`)?.focus();
  }
}
