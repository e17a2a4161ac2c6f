import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { OwnerClient, type Integration } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import type { Choice } from '../fields/choice.ts';
import { Pills } from '../fields/pills.ts';
import { schemaErrors } from '../form/field-errors.ts';
import { Form } from '../form/form.ts';
import { textsIn, type Values } from '../fields/form-field.ts';
import { awsSsoForm } from './aws-sso-form.ts';
import { azureForm } from './azure-form.ts';

type Kind = Integration['kind'];

/** Adds or edits an integration with AWS IAM Identity Center, or with an Azure tenant. */
@Component({
  selector: 'stint-integration-form',
  imports: [Form, Pills],
  template: `
    <stint-form
      [title]="integration() === undefined ? 'Add integration' : 'Edit integration'"
      [action]="integration() === undefined ? 'Add integration' : 'Save'"
      [groups]="groups()"
      [before]="form().before"
      [check]="check()"
      [send]="send"
      [subject]="kind()"
      (closed)="closed.emit()"
    >
      @if (integration() === undefined && only() === undefined) {
        <stint-pills
          name="integration-kind"
          label="Kind of integration"
          [choices]="kinds"
          [value]="kind()"
          (chosen)="choose($event)"
        />
      }
    </stint-form>
  `,
})
export class IntegrationForm {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  /** The integration to edit; undefined adds one. */
  readonly integration = input<Integration>();
  /** The only kind to add; if undefined, the form asks for it. */
  readonly only = input<Kind>();
  readonly saved = output<Integration>();
  readonly closed = output();
  protected readonly kinds: readonly Choice[] = [
    { value: 'awsSso', label: 'AWS IAM Identity Center' },
    { value: 'azure', label: 'Azure tenant' },
  ];
  protected readonly kind = linkedSignal<Kind>(
    () => this.integration()?.kind ?? this.only() ?? 'awsSso',
  );
  protected readonly form = computed(() => {
    const integration = this.integration();
    return this.kind() === 'awsSso'
      ? awsSsoForm(integration)
      : azureForm({ integration, settings: this.#workspace.settings() });
  });
  protected readonly groups = computed(() => {
    const { fields } = this.form();
    return (values: Values) => [{ fields: fields(textsIn(values)) }];
  });
  protected readonly check = computed(() => {
    const { fields, schema } = this.form();
    return (values: Values) => {
      const texts = textsIn(values);
      return schemaErrors(schema, texts, fields(texts));
    };
  });

  protected choose(kind: string): void {
    this.kind.set(kind === 'azure' ? 'azure' : 'awsSso');
  }

  protected readonly send = async (values: Values): Promise<void> => {
    const { client } = this.#owner;
    const integration = this.integration();
    if (integration === undefined) {
      const body = this.form().created(textsIn(values));
      this.saved.emit(await client.request('POST', '/v1/integrations', { body }));
    } else {
      const path = { id: integration.integrationId };
      const body = this.form().changed(textsIn(values));
      this.saved.emit(await client.request('PATCH', '/v1/integrations/{id}', { path, body }));
    }
  };
}
