import * as z from 'zod';
import { azureCloudAt, azureClouds } from '../../models/azure-cloud.ts';
import { integrationFieldsSchema, integrationSecretsSchema } from '../../models/integration.ts';
import type { Integration, Settings } from '../connection/owner-client.ts';
import type { Choice } from '../fields/choice.ts';
import type { FormField } from '../fields/form-field.ts';
import { cloudNames, hostOf } from './azure-text.ts';
import type { KindForm, Texts } from './kind-form.ts';

/** One of the two. */
type Secrets = { readonly clientSecret: string } | { readonly clientCertificate: string };
type AzureIntegration = Extract<Integration, { kind: 'azure' }>;

const { name, tenantId, authorityHost, clientId } = integrationFieldsSchema.options[1].shape;
const { clientSecret, clientCertificate } = integrationSecretsSchema.shape;
/** The fields that are typed; the cloud and the kind of sign-in are chosen. */
const schema = z.object({
  name,
  tenantId,
  authorityHost,
  clientId,
  clientSecret,
  clientCertificate,
});

/** The cloud of the settings, for an integration that names none. */
const defaultCloud = 'default';

interface Context {
  /** The one to edit. */
  readonly integration: Integration | undefined;
  readonly settings: Settings | undefined;
}

/** The form of an Azure tenant. */
export function azureForm(context: Context): KindForm {
  const edited = context.integration?.kind === 'azure' ? context.integration : undefined;
  const before = valuesOf(edited, context.settings);
  return {
    fields: (values) => fieldsFor(values, edited, context.settings),
    schema,
    before,
    created(values) {
      const host = authorityOf(values);
      const secrets = secretsOf(values);
      return {
        kind: 'azure',
        name: values['name'] ?? '',
        tenantId: values['tenantId'] ?? '',
        ...(host === undefined ? {} : { authorityHost: host }),
        ...(values['clientId'] === undefined ? {} : { clientId: values['clientId'] }),
        ...(secrets === undefined ? {} : { secrets }),
      };
    },
    changed(values) {
      const isOther = (field: string) => (values[field] ?? '') !== (before[field] ?? '');
      const secrets = secretsOf(values);
      return {
        ...(isOther('name') ? { name: values['name'] } : {}),
        ...(isOther('tenantId') ? { tenantId: values['tenantId'] } : {}),
        ...(isOther('clientId') ? { clientId: values['clientId'] ?? null } : {}),
        ...(isOther('cloud') || isOther('authorityHost')
          ? { authorityHost: authorityOf(values) ?? null }
          : {}),
        ...(secrets === undefined ? {} : { secrets }),
      };
    },
  };
}

function valuesOf(edited: AzureIntegration | undefined, settings: Settings | undefined): Texts {
  if (edited === undefined) return { cloud: defaultCloud, signIn: 'person' };
  const cloud = cloudOf(edited.authorityHost, settings);
  return {
    name: edited.name,
    tenantId: edited.tenantId,
    cloud,
    ...(cloud === 'custom' ? { authorityHost: edited.authorityHost ?? '' } : {}),
    signIn: edited.credential ?? 'person',
    clientId: edited.clientId ?? '',
  };
}

function cloudOf(host: string | undefined, settings: Settings | undefined): string {
  if (host === undefined) return defaultCloud;
  const cloud = azureCloudAt(host).name;
  return cloud === 'AzureCloud' && settings?.azureAuthorityHost === undefined
    ? defaultCloud
    : cloud;
}

function authorityOf({ cloud, authorityHost: host }: Texts): string | undefined {
  if (cloud === defaultCloud) return undefined;
  return cloud === 'custom' ? host : azureClouds.find((one) => one.name === cloud)?.authorityHost;
}

function secretsOf(values: Texts): Secrets | undefined {
  const { clientSecret: secret, clientCertificate: certificate } = values;
  if (secret !== undefined) return { clientSecret: secret };
  return certificate === undefined ? undefined : { clientCertificate: certificate };
}

function cloudChoices(settings: Settings | undefined): readonly Choice[] {
  const host = settings?.azureAuthorityHost;
  const named = (['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'] as const)
    .filter((cloud) => host !== undefined || cloud !== 'AzureCloud')
    .map((cloud) => ({ value: cloud, label: cloudNames[cloud] }));
  const first =
    host === undefined ? cloudNames.AzureCloud : `Default from settings (${hostOf(host)})`;
  return [
    { value: defaultCloud, label: first },
    ...named,
    { value: 'custom', label: 'Custom authority host' },
  ];
}

const signIns = [
  { value: 'person', label: 'You, in a browser' },
  { value: 'client-secret', label: 'An application with a client secret' },
  { value: 'client-certificate', label: 'An application with a certificate' },
];

/** The fields depend on the cloud and on who signs in. */
function fieldsFor(
  values: Texts,
  edited: AzureIntegration | undefined,
  settings: Settings | undefined,
): readonly FormField[] {
  const { cloud, signIn } = values;
  const isPerson = signIn === 'person';
  const isKept = edited?.credential !== undefined && edited.credential === signIn;
  const secretHint = isKept
    ? 'Leave empty to keep the current one.'
    : 'Stored encrypted in the vault and never shown again.';
  const all: readonly (FormField | false)[] = [
    { kind: 'text', name: 'name', label: 'Name', placeholder: 'contoso', ask: 'Enter a name.' },
    {
      kind: 'text',
      name: 'tenantId',
      label: 'Tenant',
      placeholder: 'contoso.onmicrosoft.com',
      ask: 'Enter the tenant ID, or a domain such as contoso.onmicrosoft.com.',
      hint:
        edited?.status === 'logged-in'
          ? 'Changing the tenant signs you out.'
          : 'The tenant ID, or one of the tenant’s domains.',
    },
    { kind: 'select', name: 'cloud', label: 'Cloud', choices: cloudChoices(settings) },
    cloud === 'custom' && {
      kind: 'text',
      name: 'authorityHost',
      label: 'Authority host',
      placeholder: 'https://login.example.com',
      ask: 'Enter the https address of the host, without a path.',
      hint: 'The address of the cloud’s sign-in service.',
    },
    {
      kind: 'select',
      name: 'signIn',
      label: 'Who signs in',
      choices: edited?.credential === undefined ? signIns : signIns.slice(1),
      ...(edited?.credential === undefined
        ? {}
        : { hint: 'To sign in yourself, add the tenant again.' }),
    },
    {
      kind: 'text',
      name: 'clientId',
      label: 'Application',
      placeholder: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
      optional: isPerson,
      ask: 'Enter the client ID of the app registration.',
      hint: isPerson
        ? 'The client ID of your app registration. If omitted, that of the Azure CLI.'
        : 'The client ID of the app registration.',
    },
    signIn === 'client-secret' && {
      kind: 'text',
      name: 'clientSecret',
      label: 'Client secret',
      secret: true,
      optional: isKept,
      ask: 'Enter the client secret.',
      hint: secretHint,
    },
    signIn === 'client-certificate' && {
      kind: 'lines',
      name: 'clientCertificate',
      label: 'Certificate',
      placeholder: '-----BEGIN CERTIFICATE----- … -----BEGIN PRIVATE KEY----- …',
      secret: true,
      fileTypes: '.pem,.crt,.key,.txt',
      optional: isKept,
      ask: 'Paste the certificate and its private key in PEM format.',
      hint: `The certificate and its private key in PEM format. ${secretHint}`,
    },
  ];
  return all.filter((field) => field !== false);
}
