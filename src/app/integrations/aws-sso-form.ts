import { integrationFieldsSchema } from '../../models/integration.ts';
import type { Integration } from '../connection/owner-client.ts';
import type { KindForm } from './kind-form.ts';

const schema = integrationFieldsSchema.options[0].omit({ kind: true });

/** The form of an Identity Center instance; `integration`: the one to edit. */
export function awsSsoForm(integration: Integration | undefined): KindForm {
  const fields = [
    { name: 'name', label: 'Name', placeholder: 'acme' },
    {
      name: 'startUrl',
      label: 'Start URL',
      placeholder: 'https://acme.awsapps.com/start',
      hint:
        integration?.status === 'logged-in'
          ? 'Another one signs you out.'
          : 'The AWS access portal of your organisation.',
    },
    {
      name: 'region',
      label: 'Region',
      placeholder: 'eu-west-1',
      hint: 'Where the Identity Center instance lives.',
    },
  ];
  const before =
    integration?.kind === 'awsSso'
      ? { name: integration.name, startUrl: integration.startUrl, region: integration.region }
      : {};
  return {
    fields: () => fields,
    schema,
    before,
    created: ({ name = '', startUrl = '', region = '' }) => ({
      kind: 'awsSso',
      name,
      startUrl,
      region,
    }),
    changed: (values) => values,
  };
}
