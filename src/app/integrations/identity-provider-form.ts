import { Component, computed, inject, input, output } from '@angular/core';
import { identityProviderFieldsSchema } from '../../models/identity-provider.ts';
import { OwnerClient, type IdentityProvider } from '../connection/owner-client.ts';
import { PlainForm, type PlainField, type Values } from './plain-form.ts';

/** Adds or edits a SAML identity provider. */
@Component({
  selector: 'stint-identity-provider-form',
  imports: [PlainForm],
  template: `
    <stint-plain-form
      [title]="idp() === undefined ? 'Add an identity provider' : 'Edit identity provider'"
      [action]="idp() === undefined ? 'Add identity provider' : 'Save'"
      [fields]="fields"
      [before]="before()"
      [schema]="schema"
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
  protected readonly schema = identityProviderFieldsSchema;
  protected readonly fields = (): readonly PlainField[] => [
    { name: 'name', label: 'Name', placeholder: 'Okta' },
    {
      name: 'url',
      label: 'Sign-in address',
      placeholder: 'https://acme.okta.com/home/amazon_aws/…',
      hint: 'Where a sign-in to AWS begins.',
    },
  ];
  protected readonly before = computed(() => {
    const idp = this.idp();
    return idp === undefined ? {} : { name: idp.name, url: idp.url };
  });

  protected readonly send = async (values: Values): Promise<void> => {
    const { client } = this.#owner;
    const { name = '', url = '' } = values;
    const idp = this.idp();
    this.saved.emit(
      idp === undefined
        ? await client.request('POST', '/v1/idps', { body: { name, url } })
        : await client.request('PATCH', '/v1/idps/{id}', { path: { id: idp.idpId }, body: values }),
    );
  };
}
