import { z } from 'zod';
import { azureCloudAt, azureClouds } from '../../models/azure-cloud.ts';
import { integrationFieldsSchema, integrationSecretsSchema } from '../../models/integration.ts';
import type { Integration, Settings } from '../connection/owner-client.ts';
import type { Choice } from '../fields/choice.ts';
import { cloudNames, hostOf } from './azure-text.ts';
import type { KindForm } from './kind-form.ts';
import type { PlainField, Values } from './plain-form.ts';

/** One of the two. */
type Secrets = { readonly clientSecret: string } | { readonly clientCertificate: string };
type AzureIntegration = Extract<Integration, { kind: 'azure' }>;

const { name, tenantId, authorityHost, clientId } = integrationFieldsSchema.options[1].shape;
const { clientSecret, clientCertificate } = integrationSecretsSchema.shape;
/** What is typed, field by field; clouds and who signs in are chosen. */
const schema = z.object({
  name,
  tenantId,
  authorityHost,
  clientId,
  clientSecret,
  clientCertificate,
});

/** The cloud that counts where the integration names none. */
const usual = 'usual';

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

function valuesOf(edited: AzureIntegration | undefined, settings: Settings | undefined): Values {
  if (edited === undefined) return { cloud: usual, signIn: 'person' };
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
  if (host === undefined) return usual;
  const cloud = azureCloudAt(host).name;
  return cloud === 'AzureCloud' && settings?.azureAuthorityHost === undefined ? usual : cloud;
}

function authorityOf({ cloud, authorityHost: host }: Values): string | undefined {
  if (cloud === usual) return undefined;
  return cloud === 'custom' ? host : azureClouds.find((one) => one.name === cloud)?.authorityHost;
}

function secretsOf(values: Values): Secrets | undefined {
  const { clientSecret: secret, clientCertificate: certificate } = values;
  if (secret !== undefined) return { clientSecret: secret };
  return certificate === undefined ? undefined : { clientCertificate: certificate };
}

function cloudChoices(settings: Settings | undefined): readonly Choice[] {
  const host = settings?.azureAuthorityHost;
  const named = (['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'] as const)
    .filter((cloud) => host !== undefined || cloud !== 'AzureCloud')
    .map((cloud) => ({ value: cloud, label: cloudNames[cloud] }));
  const first = host === undefined ? cloudNames.AzureCloud : `As in the settings: ${hostOf(host)}`;
  return [
    { value: usual, label: first },
    ...named,
    { value: 'custom', label: 'Another one, by its authority host' },
  ];
}

const signIns = [
  { value: 'person', label: 'A person' },
  { value: 'client-secret', label: 'An application, with a client secret' },
  { value: 'client-certificate', label: 'An application, with a certificate' },
];

/** What is asked depends on the cloud, and on who signs in. */
function fieldsFor(
  values: Values,
  edited: AzureIntegration | undefined,
  settings: Settings | undefined,
): readonly PlainField[] {
  const { cloud, signIn } = values;
  const isPerson = signIn === 'person';
  const isKept = edited?.credential !== undefined && edited.credential === signIn;
  const secretHint = isKept
    ? 'Leave it empty to keep the one in the vault.'
    : 'Kept in the encrypted vault, and never shown again.';
  const all: readonly (PlainField | false)[] = [
    { name: 'name', label: 'Name', placeholder: 'contoso' },
    {
      name: 'tenantId',
      label: 'Tenant',
      placeholder: 'contoso.onmicrosoft.com',
      hint:
        edited?.status === 'logged-in'
          ? 'Another one signs out.'
          : 'The tenant’s id in Entra ID, or one of its domains.',
    },
    { name: 'cloud', label: 'Cloud', choices: cloudChoices(settings) },
    cloud === 'custom' && {
      name: 'authorityHost',
      label: 'Authority host',
      placeholder: 'https://login.example.com',
      hint: 'Where sign-ins of that cloud happen.',
    },
    {
      name: 'signIn',
      label: 'Who signs in',
      choices: edited?.credential === undefined ? signIns : signIns.slice(1),
      ...(edited?.credential === undefined
        ? {}
        : { hint: 'For a person to sign in instead, add the tenant anew.' }),
    },
    {
      name: 'clientId',
      label: 'Application',
      placeholder: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
      optional: isPerson,
      hint: isPerson
        ? 'Client id of an app registration of your own. Left empty, it is the Azure CLI’s, which every tenant knows.'
        : 'The client id of its app registration.',
    },
    signIn === 'client-secret' && {
      name: 'clientSecret',
      label: 'Client secret',
      secret: true,
      optional: isKept,
      hint: secretHint,
    },
    signIn === 'client-certificate' && {
      name: 'clientCertificate',
      label: 'Certificate',
      placeholder: '-----BEGIN CERTIFICATE----- … -----BEGIN PRIVATE KEY----- …',
      secret: true,
      fileTypes: '.pem,.crt,.key,.txt',
      optional: isKept,
      hint: `PEM: the certificate and its private key. ${secretHint}`,
    },
  ];
  return all.filter((field) => field !== false);
}
