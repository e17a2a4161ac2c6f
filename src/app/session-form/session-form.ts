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
import { defaultProfileTemplate, profileText } from '../../models/profile-template.ts';
import { azureFieldsSchema, type SessionType } from '../../models/session-fields.ts';
import type { CallOptions } from '../../client/routes.ts';
import { OwnerClient, type Integration, type Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Pills } from '../fields/pills.ts';
import { Form } from '../form/form.ts';
import {
  textIn,
  type FieldValue,
  type FormField,
  type FormGroup,
  type Values,
} from '../fields/form-field.ts';
import { IdentityProviderForm } from '../integrations/identity-provider-form.ts';
import { IntegrationForm } from '../integrations/integration-form.ts';
import { Deliveries } from '../sessions/deliveries.ts';
import { deliveryName, isDelivery } from '../sessions/delivery-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { Choices } from './choices.ts';
import { deliveryHint, readerLimits, seesReaders } from './delivery-fields.ts';
import {
  draftFieldOf,
  draftOf,
  errorsOf,
  fieldsOf,
  newDraft,
  patchFor,
  secretsOf,
} from './draft.ts';
import { Drafts } from './drafts.ts';
import { valuesWith } from './offers.ts';
import { testText } from './test-text.ts';
import type { SessionField, SessionGroup } from './session-field.ts';
import { sessionGroups } from './session-fields.ts';

type SessionTest = NonNullable<CallOptions<'POST', '/v1/sessions/test'>['body']>;
type NewSession = NonNullable<CallOptions<'POST', '/v1/sessions'>['body']>;

/** Each session type, as a choice and as the title of its form. */
const texts: Readonly<Record<SessionType, { readonly choice: string; readonly title: string }>> = {
  awsIamUser: { choice: 'IAM user', title: 'Add an IAM user session' },
  awsIamRoleChained: { choice: 'Chained role', title: 'Add a chained role' },
  awsIamRoleFederated: { choice: 'Federated role', title: 'Add a federated role' },
  awsSsoRole: { choice: 'SSO role', title: 'Add an SSO role' },
  azure: { choice: 'Azure', title: 'Add an Azure subscription' },
};
const types = Object.keys(texts) as readonly SessionType[];

/** Something new to choose can be added from these fields. */
const addable: ReadonlySet<string> = new Set(['idpId', 'integrationId']);

/** Adds or edits a session of any type. */
@Component({
  selector: 'stint-session-form',
  imports: [Form, IdentityProviderForm, IntegrationForm, Pills],
  templateUrl: './session-form.html',
  styles: `
    .draft {
      margin: 0;
      color: var(--soft);
    }
  `,
})
export class SessionForm {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #choices = inject(Choices);
  readonly #deliveries = inject(Deliveries);
  readonly #drafts = inject(Drafts);
  readonly #toasts = inject(Toasts);
  /** The session to edit; undefined adds one. */
  readonly session = input<Session>();
  /** A session to begin with a copy of; its keys and its profile are its own. */
  readonly like = input<Session>();
  /** A session whose credentials the new one assumes a role with. */
  readonly parent = input<Session>();
  readonly saved = output<Session>();
  readonly closed = output();
  protected readonly form = viewChild.required(Form);
  /** The session when the form opened: a later change elsewhere is not overwritten unseen. */
  readonly #opened = linkedSignal<string | undefined, Session | undefined>({
    source: () => this.session()?.sessionId,
    computation: () => this.session(),
  });
  protected readonly types = types.map((type) => ({ value: type, label: texts[type].choice }));
  protected readonly type = linkedSignal<SessionType>(
    () =>
      this.#opened()?.type ??
      this.like()?.type ??
      (this.parent() === undefined ? 'awsIamUser' : 'awsIamRoleChained'),
  );
  protected readonly before = computed<Values>(() => {
    const session = this.#opened();
    if (session !== undefined) return draftOf(session);
    if (!this.#isDrafted()) return newDraft(this.like(), this.parent());
    const region = this.#workspace.settings()?.defaultRegion;
    const usual: Values = this.type() === 'azure' || region === undefined ? {} : { region };
    return { ...usual, ...this.#draft() };
  });
  /** What was typed when the form was last closed without saving. */
  readonly #draft = linkedSignal<SessionType, Values>({
    source: () => this.type(),
    computation: (type) => this.#drafts.of(type),
  });
  /** A copy, or a role of a parent, begins with what it is made from. */
  readonly #isDrafted = computed(
    () => this.isNew() && this.like() === undefined && this.parent() === undefined,
  );
  protected readonly continues = computed(
    () => this.#isDrafted() && Object.keys(this.#draft()).length > 0,
  );
  protected readonly isNew = computed(() => this.session() === undefined);
  protected readonly title = computed(() =>
    this.isNew() ? texts[this.type()].title : 'Edit session',
  );
  /** The field that something to choose is being added for. */
  protected readonly adding = signal<string | undefined>(undefined);

  protected readonly groups = computed(() => {
    const type = this.type();
    return (values: Values): readonly FormGroup[] =>
      sessionGroups[type].map((group) => {
        const about = this.#aboutText(group);
        const fields = group.fields
          .filter((field) => this.#isShown(field, values))
          .map((field) => this.#resolved(field, values));
        return {
          fields,
          ...(group.title === undefined ? {} : { title: group.title }),
          ...(group.folded === undefined ? {} : { folded: group.folded }),
          ...(about === undefined ? {} : { about }),
        };
      });
  });
  protected readonly check = computed(() => {
    const type = this.type();
    return (values: Values) => errorsOf(type, values);
  });
  protected readonly fieldOf = computed(() => {
    const type = this.type();
    return (path: string) => draftFieldOf(type, path);
  });

  protected readonly send = async (values: Values): Promise<void> => {
    const session = await this.#send(values);
    if (this.#isDrafted()) this.#drafts.drop(this.type());
    this.#workspace.put(session);
    this.#toasts.success(`${session.sessionName} was ${this.isNew() ? 'added' : 'saved'}.`);
    this.saved.emit(session);
  };

  /** Begins again with an empty form. */
  protected dropDraft(): void {
    this.#drafts.drop(this.type());
    this.#draft.set({});
    this.form().clear();
  }

  protected chooseType(type: string): void {
    this.type.set(types.find((one) => one === type) ?? 'awsIamUser');
  }

  protected onChange({ name, value }: { readonly name: string; readonly value: FieldValue }): void {
    if (this.#isDrafted()) this.#drafts.keep(this.type(), name, value);
    if (name === 'integrationId') {
      const all = this.#workspace.integrations();
      this.#fillTenant(all.find(({ integrationId }) => integrationId === value));
    }
    if (!this.isNew() || typeof value !== 'string') return;
    const context = { sessions: this.#workspace.sessions(), values: this.form().values() };
    for (const [other, text] of Object.entries(valuesWith(name, value, context))) {
      this.form().set(other, text);
    }
  }

  protected setIntegration(name: string, integration: Integration): void {
    this.form().set(name, integration.integrationId);
    this.#fillTenant(integration);
  }

  /** The subscription is most often in the tenant of its integration, if that names its id. */
  #fillTenant(integration: Integration | undefined): void {
    if (integration?.kind !== 'azure') return;
    const { success, data } = azureFieldsSchema.shape.tenantId.safeParse(integration.tenantId);
    if (success) this.form().setIfEmpty('tenantId', data);
  }

  /** AWS accepts an MFA code only from an IAM user; readers of a file cannot be counted. */
  #isShown({ name }: SessionField, values: Values): boolean {
    if (readerLimits.has(name)) return seesReaders(textIn(values, 'delivery'));
    if (this.type() !== 'awsIamRoleChained' || name !== 'mfaSerial') return true;
    const parent = this.#workspace.session(textIn(values, 'parentSessionId'));
    return parent?.type === 'awsIamUser';
  }

  /** The field as the form shows it, with the choices there are. */
  #resolved(field: SessionField, values: Values): FormField {
    const isFixed = field.fixed === true && !this.isNew();
    if ('from' in field) {
      const context = {
        type: this.type(),
        chosen: textIn(values, field.name),
        edited: this.session(),
        values,
      };
      const choices = this.#choices.of(field.from, context);
      if (field.kind === 'search') return { ...field, choices, fixed: isFixed };
      const delivery = field.name === 'delivery' ? this.#deliveryTexts(values) : {};
      const canAdd = addable.has(field.name) && !isFixed;
      return { ...field, choices, canAdd, fixed: isFixed, ...delivery };
    }
    if (field.name === 'profileName') {
      const name = textIn(values, 'sessionName');
      return name === '' ? field : { ...field, placeholder: this.#profileFor(name, values) };
    }
    // Keys that are left empty stay; a new one needs the other as well.
    const keepsKeys = 'key' in field && !this.isNew() && secretsOf(values) === undefined;
    return { ...field, fixed: isFixed, optional: keepsKeys || field.optional === true };
  }

  /** The name that the owner gives a new profile, apart from a number where it is taken. */
  #profileFor(sessionName: string, values: Values): string {
    const template = this.#workspace.settings()?.profileNameTemplate ?? defaultProfileTemplate;
    const id = textIn(values, 'integrationId');
    const integration = this.#workspace.integrations().find((one) => one.integrationId === id);
    const fields = { ...fieldsOf(this.type(), values), sessionName };
    return profileNameFor(profileText(template, fields, integration?.name), new Set());
  }

  #deliveryTexts(values: Values): { readonly none: string; readonly hint: string } {
    const byDefault = this.#deliveries.byDefault(this.type(), textIn(values, 'integrationId'));
    const chosen = textIn(values, 'delivery');
    return {
      none: `Default (${deliveryName(byDefault)})`,
      hint: deliveryHint(isDelivery(chosen) ? chosen : byDefault),
    };
  }

  #aboutText({ about }: SessionGroup): string | undefined {
    if (about === 'keys') {
      return this.isNew()
        ? 'Stored encrypted in the vault and never shown again.'
        : 'Leave both empty to keep the current keys.';
    }
    return about === 'sync' && this.isNew()
      ? 'Syncing the integration adds all its sessions. You can add a single one here.'
      : undefined;
  }

  protected readonly test = async (values: Values): Promise<string> => {
    const type = this.type();
    const session = this.session();
    const fields = this.#sentFields(values);
    const body = session === undefined ? fields : { ...fields, sessionId: session.sessionId };
    const { client } = this.#owner;
    return testText(
      type,
      await client.request('POST', '/v1/sessions/test', { body: body as SessionTest }),
    );
  };

  #sentFields(values: Values): Record<string, unknown> {
    const type = this.type();
    const secrets = type === 'awsIamUser' ? secretsOf(values) : undefined;
    return { ...fieldsOf(type, values), ...(secrets === undefined ? {} : { secrets }) };
  }

  async #send(values: Values): Promise<Session> {
    const { client } = this.#owner;
    const session = this.session();
    const fields = this.#sentFields(values);
    if (session === undefined) {
      return await client.request('POST', '/v1/sessions', { body: fields as NewSession });
    }
    return await client.request('PATCH', '/v1/sessions/{id}', {
      path: { id: session.sessionId },
      body: patchFor(session, fields),
      ifRevision: this.#opened()?.revision,
    });
  }
}
