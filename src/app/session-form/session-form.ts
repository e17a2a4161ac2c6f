import { NgTemplateOutlet } from '@angular/common';
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
import { azureFieldsSchema, type SessionType } from '../../models/session-fields.ts';
import { Problem } from '../../models/problem.ts';
import type { CallOptions } from '../../client/routes.ts';
import { OwnerClient, type Integration, type Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Dialog } from '../dialog/dialog.ts';
import { Notes, wordsOf } from '../notes/notes.ts';
import type { Choice } from '../fields/choice.ts';
import { LinesField } from '../fields/lines-field.ts';
import { Pills } from '../fields/pills.ts';
import { SearchField } from '../fields/search-field.ts';
import { SelectField } from '../fields/select-field.ts';
import { TagsField } from '../fields/tags-field.ts';
import { TextField } from '../fields/text-field.ts';
import { IdentityProviderForm } from '../integrations/identity-provider-form.ts';
import { IntegrationForm } from '../integrations/integration-form.ts';
import { Deliveries } from '../sessions/deliveries.ts';
import { deliveryLabel, isDelivery } from '../sessions/delivery-text.ts';
import { Choices } from './choices.ts';
import { aboutDelivery, readerLimits, seesReaders } from './delivery-fields.ts';
import {
  draftFieldOf,
  draftOf,
  errorsOf,
  fieldsOf,
  patchFor,
  secretsOf,
  type Draft,
  type DraftErrors,
} from './draft.ts';
import { fieldsOfForm, formGroups, type FormField, type FormGroup } from './form-fields.ts';

type NewSession = NonNullable<CallOptions<'POST', '/v1/sessions'>['body']>;

/** Each way in, as the choice and as the title of its form. */
const words: Readonly<Record<SessionType, { readonly choice: string; readonly title: string }>> = {
  awsIamUser: { choice: 'IAM user', title: 'Add an IAM user session' },
  awsIamRoleChained: { choice: 'Chained role', title: 'Add a chained role' },
  awsIamRoleFederated: { choice: 'Federated role', title: 'Add a federated role' },
  awsSsoRole: { choice: 'SSO role', title: 'Add an SSO role' },
  azure: { choice: 'Azure', title: 'Add an Azure subscription' },
};
const types = Object.keys(words) as readonly SessionType[];

/** Adds or edits a session of any type; each field is checked as it is typed. */
@Component({
  selector: 'stint-session-form',
  imports: [
    Dialog,
    IdentityProviderForm,
    IntegrationForm,
    LinesField,
    NgTemplateOutlet,
    Pills,
    SearchField,
    SelectField,
    TagsField,
    TextField,
  ],
  templateUrl: './session-form.html',
  styleUrl: './session-form.css',
})
export class SessionForm {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #choices = inject(Choices);
  readonly #deliveries = inject(Deliveries);
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
  protected readonly types = types.map((type) => ({ value: type, label: words[type].choice }));
  protected readonly type = linkedSignal<SessionType>(() => this.#seen()?.type ?? 'awsIamUser');
  protected readonly draft = linkedSignal<Draft>(() => {
    const session = this.#seen();
    return session === undefined ? {} : draftOf(session);
  });
  protected readonly isNew = computed(() => this.session() === undefined);
  protected readonly title = computed(() =>
    this.isNew() ? words[this.type()].title : 'Edit session',
  );
  protected readonly groups = computed(() =>
    formGroups[this.type()].map((group) => ({
      ...group,
      fields: group.fields.filter((field) => this.#isAsked(field)),
    })),
  );
  /** Titles of the groups that somebody has opened. */
  readonly #unfolded = signal<ReadonlySet<string>>(new Set());
  /** The field that something to choose is being added for. */
  protected readonly adding = signal<FormField | undefined>(undefined);
  protected readonly saving = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  /** Fields that were left once: only their mistakes are told while others are still typed. */
  readonly #left = signal<ReadonlySet<string>>(new Set());
  readonly #fromOwner = signal<DraftErrors>({});
  /** What was typed into fields that are asked; others do not count. */
  readonly #asked = computed<Draft>(() => {
    const asked = new Set(this.groups().flatMap(({ fields }) => fields.map(({ name }) => name)));
    return Object.fromEntries(Object.entries(this.draft()).filter(([name]) => asked.has(name)));
  });
  readonly #errors = computed(() =>
    errorsOf(this.type(), this.#asked(), {
      keysNeeded: this.isNew() && this.type() === 'awsIamUser',
    }),
  );
  protected readonly errors = computed<DraftErrors>(() => ({
    ...Object.fromEntries(
      Object.entries(this.#errors()).filter(([name]) => this.#left().has(name)),
    ),
    ...this.#fromOwner(),
  }));

  /** What a template is given has lost its type. */
  protected asFields(fields: unknown): readonly FormField[] {
    return fields as readonly FormField[];
  }

  protected value({ name }: FormField): string {
    return this.draft()[name] ?? '';
  }

  protected placeholder({ name, placeholder = '' }: FormField): string {
    const sessionName = (this.draft()['sessionName'] ?? '').trim();
    return name === 'profileName' && sessionName !== ''
      ? profileNameFor(sessionName, new Set())
      : placeholder;
  }

  protected isOptional({ optional, name }: FormField): boolean {
    const keepsKeys = !this.isNew() && ['accessKeyId', 'secretAccessKey'].includes(name);
    return optional === true || keepsKeys;
  }

  protected isFixed({ fixed }: FormField): boolean {
    return fixed === true && !this.isNew();
  }

  protected choicesOf({ choice, name }: FormField): readonly Choice[] {
    if (choice === undefined) return [];
    const chosen = this.draft()[name] ?? '';
    return this.#choices.of(choice, { type: this.type(), chosen, edited: this.session() });
  }

  /** What stands for no choice. */
  protected none({ choice, none = 'Choose…' }: FormField): string {
    return choice === 'delivery' ? `The usual one (${deliveryLabel(this.#usualDelivery())})` : none;
  }

  protected hint({ choice, hint = '' }: FormField): string {
    if (choice !== 'delivery') return hint;
    const chosen = this.draft()['delivery'] ?? '';
    return aboutDelivery(isDelivery(chosen) ? chosen : this.#usualDelivery());
  }

  /** Opened by itself where something stands in it, or is wrong with it; then it stays open. */
  protected isOpen({ title = '', fields }: FormGroup): boolean {
    return (
      this.#unfolded().has(title) ||
      fields.some((field) => this.value(field) !== '' || field.name in this.errors())
    );
  }

  protected unfold({ title = '' }: FormGroup, { target }: Event): void {
    const { open } = target as HTMLDetailsElement;
    this.#unfolded.update(
      (all) => new Set(open ? [...all, title] : [...all].filter((one) => one !== title)),
    );
  }

  protected canAdd(field: FormField): boolean {
    const places = ['identity-center', 'azure-tenant', 'identity-provider'];
    return places.includes(field.choice ?? '') && !this.isFixed(field);
  }

  /** Chooses an integration; where it says which tenant it is, that is most often the one meant. */
  protected setIntegration(name: string, integration: Integration | undefined): void {
    this.set(name, integration?.integrationId ?? '');
    if (integration?.kind !== 'azure' || (this.draft()['tenantId'] ?? '') !== '') return;
    const { success, data } = azureFieldsSchema.shape.tenantId.safeParse(integration.tenantId);
    if (success) this.set('tenantId', data);
  }

  protected choose(field: FormField, value: string): void {
    if (field.name !== 'integrationId') {
      this.set(field.name, value);
      return;
    }
    const all = this.#workspace.integrations();
    this.setIntegration(
      field.name,
      all.find(({ integrationId }) => integrationId === value),
    );
  }

  protected set(name: string, value: string): void {
    this.draft.update((draft) => ({ ...draft, [name]: value }));
    this.#fromOwner.update((errors) =>
      Object.fromEntries(Object.entries(errors).filter(([other]) => other !== name)),
    );
  }

  protected leave(name: string): void {
    if ((this.draft()[name] ?? '') !== '') this.#left.update((left) => new Set(left).add(name));
  }

  protected chooseType(type: string): void {
    this.type.set(types.find((one) => one === type) ?? 'awsIamUser');
    this.#left.set(new Set());
    this.#fromOwner.set({});
    this.refusal.set(undefined);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.#left.set(new Set(fieldsOfForm(this.type()).map(({ name }) => name)));
    this.refusal.set(undefined);
    const wrong = fieldsOfForm(this.type()).find(({ name }) => name in this.#errors());
    if (wrong !== undefined) {
      this.#focus(wrong.name);
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

  readonly #usualDelivery = computed(() =>
    this.#deliveries.usual(this.type(), this.draft()['integrationId']),
  );

  /** AWS takes a code for a role of an IAM user only; readers of a file cannot be counted. */
  #isAsked({ name }: FormField): boolean {
    if (readerLimits.has(name)) return seesReaders(this.draft()['delivery'] ?? '');
    if (this.type() !== 'awsIamRoleChained' || name !== 'mfaSerial') return true;
    const parent = this.#workspace.session(this.draft()['parentSessionId'] ?? '');
    return parent?.type === 'awsIamUser';
  }

  /** After it is drawn: a folded group opens first. */
  #focus(name: string): void {
    setTimeout(() => document.getElementById(`field-${name}`)?.focus());
  }

  async #send(): Promise<Session> {
    const { client } = this.#owner;
    const session = this.session();
    const type = this.type();
    const draft = this.#asked();
    const secrets = type === 'awsIamUser' ? secretsOf(draft) : undefined;
    const fields = { ...fieldsOf(type, draft), ...(secrets === undefined ? {} : { secrets }) };
    if (session === undefined) {
      return await client.request('POST', '/v1/sessions', { body: fields as NewSession });
    }
    return await client.request('PATCH', '/v1/sessions/{id}', {
      path: { id: session.sessionId },
      body: patchFor(session, fields),
      ifRevision: this.#seen()?.revision,
    });
  }

  #refused(error: unknown): void {
    const fields = error instanceof Problem ? (error.details.errors ?? []) : [];
    const known = fields.flatMap(({ field, message }) => {
      const own = draftFieldOf(this.type(), field);
      return own === undefined ? [] : [[own, message] as const];
    });
    this.#fromOwner.set(Object.fromEntries(known));
    const { text, next } = wordsOf(error);
    if (known.length === 0) this.refusal.set(next === undefined ? text : `${text} ${next}`);
    else this.#focus(known[0]?.[0] ?? '');
  }
}
