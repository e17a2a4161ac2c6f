import { Component, computed, inject, input, output } from '@angular/core';
import { identityProviderFieldsSchema } from '../../models/identity-provider.ts';
import { OwnerClient, type IdentityProvider } from '../connection/owner-client.ts';
import { schemaErrors } from '../form/field-errors.ts';
import { Form } from '../form/form.ts';
import { textsIn, type FormField, type Values } from '../fields/form-field.ts';

const fields: readonly FormField[] = [
  { kind: 'text', name: 'name', label: 'Name', placeholder: 'Okta', ask: 'Enter a name.' },
  {
    kind: 'text',
    name: 'url',
    label: 'Sign-in address',
    placeholder: 'https://acme.okta.com/home/amazon_aws/…',
    ask: 'Enter the https address where the sign-in to AWS starts.',
    hint: 'The page where the sign-in to AWS starts.',
  },
];

/** Adds or edits a SAML identity provider. */
@Component({
  selector: 'stint-identity-provider-form',
  imports: [Form],
  template: `
    <stint-form
      [title]="idp() === undefined ? 'Add identity provider' : 'Edit identity provider'"
      [action]="idp() === undefined ? 'Add identity provider' : 'Save'"
      [groups]="groups"
      [before]="before()"
      [check]="check"
      [send]="send"
      (closed)="closed.emit()"
    />
  `,
})
export class IdentityProviderForm {
  readonly #owner = inject(OwnerClient);
  /** The identity provider to edit; undefined adds one. */
  readonly idp = input<IdentityProvider>();
  readonly saved = output<IdentityProvider>();
  readonly closed = output();
  protected readonly groups = () => [{ fields }];
  protected readonly before = computed(() => {
    const idp = this.idp();
    return idp === undefined ? {} : { name: idp.name, url: idp.url };
  });

  protected readonly check = (values: Values) =>
    schemaErrors(identityProviderFieldsSchema, textsIn(values), fields);

  protected readonly send = async (values: Values): Promise<void> => {
    const { client } = this.#owner;
    const body = textsIn(values);
    const idp = this.idp();
    const { name = '', url = '' } = body;
    this.saved.emit(
      idp === undefined
        ? await client.request('POST', '/v1/idps', { body: { name, url } })
        : await client.request('PATCH', '/v1/idps/{id}', { path: { id: idp.idpId }, body }),
    );
  };
}
