import { integrationFieldsSchema } from '../../models/integration.ts';
import type { Integration } from '../connection/owner-client.ts';
import type { FormField } from '../fields/form-field.ts';
import type { KindForm, Texts } from './kind-form.ts';

const schema = integrationFieldsSchema.options[0].omit({ kind: true });

/** The form of an Identity Center instance; `integration`: the one to edit. */
export function awsSsoForm(integration: Integration | undefined): KindForm {
  const fields: readonly FormField[] = [
    { kind: 'text', name: 'name', label: 'Name', placeholder: 'acme', ask: 'Enter a name.' },
    {
      kind: 'text',
      name: 'startUrl',
      label: 'Start URL',
      placeholder: 'https://acme.awsapps.com/start',
      ask: 'Enter the https address of your AWS access portal.',
      hint:
        integration?.status === 'logged-in'
          ? 'Changing the start URL signs you out.'
          : 'The address of your AWS access portal.',
    },
    {
      kind: 'text',
      name: 'region',
      label: 'Region',
      placeholder: 'eu-west-1',
      ask: 'Enter a region, such as eu-west-1.',
      hint: 'The region of the Identity Center instance.',
    },
    {
      kind: 'text',
      name: 'failoverRegion',
      label: 'Failover',
      placeholder: 'eu-central-1',
      optional: true,
      ask: 'Enter a region, such as eu-central-1.',
      hint: 'Another region of the instance, used while the first cannot be reached.',
    },
  ];
  const before: Texts =
    integration?.kind === 'awsSso'
      ? {
          name: integration.name,
          startUrl: integration.startUrl,
          region: integration.region,
          failoverRegion: integration.failoverRegion ?? '',
        }
      : {};
  return {
    fields: () => fields,
    schema,
    before,
    created: ({ name = '', startUrl = '', region = '', failoverRegion }) => ({
      kind: 'awsSso',
      name,
      startUrl,
      region,
      ...(failoverRegion === undefined ? {} : { failoverRegion }),
    }),
    changed: ({ failoverRegion, ...values }) => ({
      ...values,
      ...((failoverRegion ?? '') === (before['failoverRegion'] ?? '')
        ? {}
        : { failoverRegion: failoverRegion ?? null }),
    }),
  };
}
