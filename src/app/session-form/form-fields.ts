import type { SessionType } from '../../models/session-fields.ts';
import { deliveryGroup } from './delivery-fields.ts';

/** A field of a form: what it is called, how it is typed, and what text says about it. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly optional?: true;
  readonly secret?: true;
  /** Chosen from what there is, instead of typed. */
  readonly choice?:
    | 'parent'
    | 'identity-provider'
    | 'identity-center'
    | 'azure-tenant'
    | 'environment'
    | 'cookies'
    | 'delivery';
  /** What stands for no choice. */
  readonly none?: string;
  /** How the text becomes the value the API takes; as it is where left out. */
  readonly read?: 'number' | 'flag' | 'list' | 'tags' | 'json';
  /** Half a line wide. */
  readonly narrow?: true;
  /** Said by the provider: shown, but not changed, once the session is there. */
  readonly fixed?: true;
}

export interface FormGroup {
  readonly title?: string;
  readonly about?: 'keys' | 'sync';
  /** Shown only when asked for. */
  readonly folded?: true;
  readonly fields: readonly FormField[];
}

const name: FormField = { name: 'sessionName', label: 'Name', placeholder: 'payments' };
const region: FormField = {
  name: 'region',
  label: 'Region',
  placeholder: 'eu-west-1',
  narrow: true,
};
const profile: FormField = {
  name: 'profileName',
  label: 'Profile',
  optional: true,
  narrow: true,
};
const environment: FormField = {
  name: 'environment',
  label: 'Environment',
  optional: true,
  choice: 'environment',
  none: 'None',
  narrow: true,
};
const labels: FormField = {
  name: 'labels',
  label: 'Labels',
  placeholder: 'platform, on-call',
  hint: 'Separated by commas; the search finds them.',
  optional: true,
  read: 'list',
};
const mfa: FormField = {
  name: 'mfaSerial',
  label: 'MFA device',
  placeholder: 'arn:aws:iam::123456789012:mfa/anna',
  hint: "The device's ARN, from the IAM console. Its code is asked for at the start.",
  optional: true,
};
const roleArn: FormField = {
  name: 'roleArn',
  label: 'Role',
  placeholder: 'arn:aws:iam::123456789012:role/Audit',
};
const roleSeconds: FormField = {
  name: 'roleSeconds',
  label: 'Life, seconds',
  hint: '900 to 43200',
  optional: true,
  read: 'number',
  narrow: true,
};

/** What each type asks for, in the order of the form. */
export const formGroups: Readonly<Record<SessionType, readonly FormGroup[]>> = {
  awsIamUser: [
    { fields: [name, region, profile] },
    {
      title: 'Access keys',
      about: 'keys',
      fields: [
        { name: 'accessKeyId', label: 'Access key id', placeholder: 'AKIA…' },
        { name: 'secretAccessKey', label: 'Secret access key', secret: true },
      ],
    },
    {
      fields: [
        mfa,
        {
          name: 'tokenSeconds',
          label: 'Token life, seconds',
          placeholder: '43200',
          hint: '900 to 129600',
          optional: true,
          read: 'number',
          narrow: true,
        },
        environment,
        labels,
      ],
    },
    deliveryGroup,
  ],
  awsIamRoleChained: [
    { fields: [name, region, profile] },
    {
      fields: [
        {
          name: 'parentSessionId',
          label: 'Uses the credentials of',
          hint: 'It need not be active. Its sign-in is asked for once, for all that go through it.',
          choice: 'parent',
        },
        roleArn,
        {
          name: 'roleSessionName',
          label: 'Role session name',
          placeholder: 'anna',
          hint: 'What CloudTrail shows.',
        },
      ],
    },
    {
      title: 'What the role may ask for',
      folded: true,
      fields: [
        mfa,
        { name: 'externalId', label: 'External id', optional: true, narrow: true },
        { name: 'sourceIdentity', label: 'Source identity', optional: true, narrow: true },
        {
          name: 'tags',
          label: 'Session tags',
          optional: true,
          read: 'tags',
        },
        {
          name: 'policyArns',
          label: 'Managed policies',
          placeholder: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
          hint: 'ARNs, separated by commas.',
          optional: true,
          read: 'list',
        },
        {
          name: 'policy',
          label: 'Session policy',
          placeholder: '{ "Version": "2012-10-17", "Statement": [ … ] }',
          hint: 'JSON; it can only take away from what the role may do.',
          optional: true,
          read: 'json',
        },
      ],
    },
    { fields: [{ ...roleSeconds, placeholder: 'as long as AWS grants' }, environment, labels] },
    deliveryGroup,
  ],
  awsIamRoleFederated: [
    { fields: [name, region, profile] },
    {
      fields: [
        {
          name: 'idpId',
          label: 'Identity provider',
          hint: 'Where you sign in.',
          choice: 'identity-provider',
        },
        {
          name: 'idpArn',
          label: 'SAML provider in the account',
          placeholder: 'arn:aws:iam::123456789012:saml-provider/Okta',
        },
        roleArn,
      ],
    },
    {
      fields: [
        { ...roleSeconds, placeholder: '3600' },
        environment,
        {
          name: 'separateIdentity',
          label: 'Signs in',
          hint: 'With the cookies of the identity provider, or as somebody else.',
          optional: true,
          choice: 'cookies',
          none: 'With everybody who uses the identity provider',
          read: 'flag',
        },
        labels,
      ],
    },
    deliveryGroup,
  ],
  awsSsoRole: [
    { about: 'sync', fields: [name, region, profile] },
    {
      fields: [
        { name: 'integrationId', label: 'Integration', choice: 'identity-center', fixed: true },
        {
          name: 'accountId',
          label: 'Account',
          placeholder: '123456789012',
          narrow: true,
          fixed: true,
        },
        {
          name: 'accountName',
          label: 'Account name',
          placeholder: 'payments-prod',
          narrow: true,
          fixed: true,
        },
        { name: 'roleName', label: 'Role', placeholder: 'Operator', fixed: true },
      ],
    },
    { fields: [environment, labels] },
    deliveryGroup,
  ],
  azure: [
    {
      about: 'sync',
      fields: [name, { ...region, label: 'Location', placeholder: 'westeurope' }, environment],
    },
    {
      fields: [
        { name: 'integrationId', label: 'Integration', choice: 'azure-tenant', fixed: true },
        {
          name: 'tenantId',
          label: 'Tenant',
          placeholder: '72f988bf-86f1-41af-91ab-2d7cd011db47',
          hint: 'The id of the tenant that the subscription is in.',
          fixed: true,
        },
        {
          name: 'subscriptionId',
          label: 'Subscription',
          placeholder: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
          fixed: true,
        },
        {
          name: 'subscriptionName',
          label: 'Subscription name',
          placeholder: 'Pay-As-You-Go',
          fixed: true,
        },
      ],
    },
    { fields: [labels] },
    deliveryGroup,
  ],
};

export function fieldsOfForm(type: SessionType): readonly FormField[] {
  return formGroups[type].flatMap(({ fields }) => fields);
}
