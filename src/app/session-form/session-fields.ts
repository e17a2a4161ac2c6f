import type { SessionType } from '../../models/session-fields.ts';
import {
  askStsName,
  environment,
  labels,
  mfa,
  name,
  profile,
  region,
  roleArn,
  roleSeconds,
} from './common-fields.ts';
import { deliveryGroup } from './delivery-fields.ts';
import type { SessionField, SessionGroup } from './session-field.ts';

/** The fields of each type, in the order of the form. */
export const sessionGroups: Readonly<Record<SessionType, readonly SessionGroup[]>> = {
  awsIamUser: [
    { fields: [name, region, profile] },
    {
      title: 'Access keys',
      about: 'keys',
      fields: [
        {
          kind: 'text',
          name: 'accessKeyId',
          label: 'Access key ID',
          placeholder: 'AKIA…',
          ask: 'Enter the access key ID. It starts with AKIA.',
          key: true,
        },
        {
          kind: 'text',
          name: 'secretAccessKey',
          label: 'Secret access key',
          ask: 'Enter the secret access key. It has 40 characters.',
          secret: true,
          key: true,
        },
      ],
    },
    {
      fields: [
        mfa,
        {
          kind: 'duration',
          name: 'tokenSeconds',
          label: 'Duration',
          placeholder: '12 h',
          hint: '15 min to 36 h',
          optional: true,
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
          kind: 'search',
          name: 'parentSessionId',
          label: 'Parent session',
          ask: 'Choose the session whose credentials assume the role.',
          hint: 'Its credentials assume the role. It does not have to be active.',
          from: 'parent',
        },
        roleArn,
        {
          kind: 'text',
          name: 'roleSessionName',
          label: 'Role session name',
          placeholder: 'anna',
          ask: askStsName,
          optional: true,
          hint: 'Shown in CloudTrail. If empty, your name and the run.',
        },
      ],
    },
    {
      title: 'Advanced AssumeRole options',
      folded: true,
      fields: [
        mfa,
        {
          kind: 'text',
          name: 'externalId',
          label: 'External ID',
          ask: 'Enter 2 to 1,224 letters, digits or characters of _+=,.@:/-',
          optional: true,
          narrow: true,
        },
        {
          kind: 'text',
          name: 'sourceIdentity',
          label: 'Source identity',
          ask: askStsName,
          optional: true,
          narrow: true,
        },
        { kind: 'tags', name: 'tags', label: 'Session tags', optional: true },
        {
          kind: 'list',
          name: 'policyArns',
          label: 'Managed policies',
          placeholder: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
          ask: 'Enter the ARN of each policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess.',
          hint: 'Press Enter after each ARN.',
          optional: true,
        },
        {
          kind: 'lines',
          name: 'policy',
          label: 'Session policy',
          placeholder: '{ "Version": "2012-10-17", "Statement": [ … ] }',
          hint: 'A policy document in JSON. It can only restrict what the role allows.',
          optional: true,
          json: true,
        },
      ],
    },
    { fields: [{ ...roleSeconds, placeholder: 'the longest AWS allows' }, environment, labels] },
    deliveryGroup,
  ],
  awsIamRoleFederated: [
    { fields: [name, region, profile] },
    {
      fields: [
        {
          kind: 'select',
          name: 'idpId',
          label: 'Identity provider',
          ask: 'Choose an identity provider.',
          hint: 'Where you sign in.',
          from: 'identity-provider',
          none: 'Choose…',
        },
        {
          kind: 'text',
          name: 'idpArn',
          label: 'SAML provider in the account',
          placeholder: 'arn:aws:iam::123456789012:saml-provider/Okta',
          ask: 'Enter the ARN of the SAML provider, such as arn:aws:iam::123456789012:saml-provider/Okta.',
        },
        roleArn,
      ],
    },
    {
      fields: [
        { ...roleSeconds, placeholder: '1 h' },
        environment,
        {
          kind: 'select',
          name: 'separateIdentity',
          label: 'Sign-in',
          hint: 'Use a separate sign-in to be a different user at the identity provider.',
          optional: true,
          choices: [{ value: 'true', label: 'Use a separate sign-in' }],
          none: 'Share the sign-in with other sessions',
          flag: true,
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
        {
          kind: 'select',
          name: 'integrationId',
          label: 'Integration',
          ask: 'Choose an integration.',
          from: 'identity-center',
          none: 'Choose…',
          fixed: true,
        },
        {
          kind: 'search',
          free: true,
          from: 'account',
          name: 'accountId',
          label: 'Account',
          placeholder: '123456789012',
          ask: 'Enter the 12-digit account ID.',
          narrow: true,
          fixed: true,
        },
        {
          kind: 'text',
          name: 'accountName',
          label: 'Account name',
          placeholder: 'payments-prod',
          ask: 'Enter the name of the account.',
          narrow: true,
          fixed: true,
        },
        {
          kind: 'search',
          free: true,
          from: 'account-role',
          name: 'roleName',
          label: 'Role',
          placeholder: 'Operator',
          ask: 'Enter the name of the role.',
          fixed: true,
        },
      ],
    },
    { fields: [environment, labels] },
    deliveryGroup,
  ],
  azure: [
    {
      about: 'sync',
      fields: [
        name,
        {
          ...region,
          label: 'Location',
          placeholder: 'westeurope',
          ask: 'Enter a location, such as westeurope.',
        },
        environment,
      ],
    },
    {
      fields: [
        {
          kind: 'select',
          name: 'integrationId',
          label: 'Integration',
          ask: 'Choose an integration.',
          from: 'azure-tenant',
          none: 'Choose…',
          fixed: true,
        },
        {
          kind: 'search',
          free: true,
          from: 'tenant',
          name: 'tenantId',
          label: 'Tenant',
          placeholder: '72f988bf-86f1-41af-91ab-2d7cd011db47',
          ask: 'Enter the tenant ID, such as 72f988bf-86f1-41af-91ab-2d7cd011db47.',
          hint: 'The ID of the tenant that the subscription is in.',
          fixed: true,
        },
        {
          kind: 'search',
          free: true,
          from: 'subscription',
          name: 'subscriptionId',
          label: 'Subscription',
          placeholder: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
          ask: 'Enter the subscription ID, such as 4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b.',
          fixed: true,
        },
        {
          kind: 'text',
          name: 'subscriptionName',
          label: 'Subscription name',
          placeholder: 'Pay-As-You-Go',
          ask: 'Enter the name of the subscription.',
          fixed: true,
        },
      ],
    },
    { fields: [labels] },
    deliveryGroup,
  ],
};

export function sessionFieldsOf(type: SessionType): readonly SessionField[] {
  return sessionGroups[type].flatMap(({ fields }) => fields);
}
