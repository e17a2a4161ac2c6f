import { Component, computed, inject, input, output } from '@angular/core';
import { integrationFieldsSchema } from '../../models/integration.ts';
import { Owner, type Integration } from '../connection/owner.ts';
import { PlainForm, type PlainField } from './plain-form.ts';

const awsSsoSchema = integrationFieldsSchema.options[0].omit({ kind: true });

/** Adds or edits an integration with AWS IAM Identity Center. */
@Component({
  selector: 'stint-integration-form',
  imports: [PlainForm],
  template: `
    <stint-plain-form
      [title]="integration() === undefined ? 'Add an integration' : 'Edit integration'"
      [action]="integration() === undefined ? 'Add integration' : 'Save'"
      [fields]="fields()"
      [before]="before()"
      [schema]="schema"
      [send]="send"
      (closed)="closed.emit()"
    />
  `,
})
export class IntegrationForm {
  readonly #owner = inject(Owner);
  /** The integration to edit; undefined adds one. */
  readonly integration = input<Integration>();
  readonly saved = output<Integration>();
  readonly closed = output();
  protected readonly schema = awsSsoSchema;
  protected readonly fields = computed<readonly PlainField[]>(() => [
    { name: 'name', label: 'Name', placeholder: 'acme', hint: '' },
    {
      name: 'startUrl',
      label: 'Start URL',
      placeholder: 'https://acme.awsapps.com/start',
      hint:
        this.integration()?.status === 'logged-in'
          ? 'Another one signs you out.'
          : 'The AWS access portal of your organisation.',
    },
    {
      name: 'region',
      label: 'Region',
      placeholder: 'eu-west-1',
      hint: 'Where the Identity Center instance lives.',
    },
  ]);
  protected readonly before = computed(() => {
    const integration = this.integration();
    if (integration?.kind !== 'awsSso') return {};
    const { name, startUrl, region } = integration;
    return { name, startUrl, region };
  });

  protected readonly send = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const { client } = this.#owner;
    const { name = '', startUrl = '', region = '' } = values;
    const integration = this.integration();
    if (integration === undefined) {
      const body = { kind: 'awsSso', name, startUrl, region } as const;
      this.saved.emit(await client.request('POST', '/v1/integrations', { body }));
    } else {
      const path = { id: integration.integrationId };
      this.saved.emit(
        await client.request('PATCH', '/v1/integrations/{id}', { path, body: values }),
      );
    }
  };
}
