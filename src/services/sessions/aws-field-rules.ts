import { awsPartitionOf, awsRegions } from '../../models/aws-region.ts';
import { parseArn } from '../../models/arn.ts';
import type { FieldErrorInput } from '../../models/problem.ts';
import {
  endpointUrlOf,
  type SessionFields,
  type SessionSecrets,
} from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import { awsVariantSettings } from '../validation/aws-endpoints.ts';
import { awsRegionErrors, usesOwnEndpoint } from '../validation/aws-region.ts';

/** What AWS would refuse later. What is the same as `before` is left alone. */
export function awsFieldErrors(
  fields: SessionFields,
  context: {
    readonly before: Session | undefined;
    readonly secrets: SessionSecrets | undefined;
    readonly settings: Settings;
  },
): readonly FieldErrorInput[] {
  if (fields.type === 'azure') return [];
  const { before, secrets, settings } = context;
  const endpointUrl = endpointUrlOf(fields);
  const region = awsRegionErrors(fields.region, {
    before: before?.region,
    settings,
    endpointUrl,
  });
  return [
    ...region,
    ...(region.length === 0 ? partitionErrors(fields, before) : []),
    ...deviceErrors(fields, before),
    ...(endpointUrl === undefined ? keyErrors(secrets, settings) : []),
    ...variantErrors(endpointUrl, before, settings),
  ];
}

/** As `endpointErrors` of the settings, for a session's own endpoint. */
function variantErrors(
  endpointUrl: string | undefined,
  before: Session | undefined,
  settings: Settings,
): readonly FieldErrorInput[] {
  const variant = awsVariantSettings.find((name) => settings[name]);
  if (endpointUrl === undefined || variant === undefined) return [];
  if (endpointUrl === endpointUrlOf(before)) return [];
  return [
    {
      field: 'endpointUrl',
      message: `cannot be set together with the setting ${variant}: an endpoint URL has no such variant`,
    },
  ];
}

/** Keys of one partition are unknown in every other (IAM User Guide, "Amazon Resource Names"). */
function partitionErrors(
  fields: SessionFields,
  before: Session | undefined,
): readonly FieldErrorInput[] {
  if (!('roleArn' in fields)) return [];
  const { region, roleArn } = fields;
  if (before?.region === region && 'roleArn' in before && before.roleArn === roleArn) return [];
  const partition = parseArn(roleArn)?.partition;
  if (partition === undefined || partition === awsPartitionOf(region)) return [];
  const example = awsRegions.find((known) => awsPartitionOf(known) === partition);
  const such = example === undefined ? '' : `, such as ${example}`;
  return [
    {
      field: 'region',
      message: `must be in partition ${partition}, like the role${such}; ${region} is in ${awsPartitionOf(region)}`,
    },
  ];
}

/** Resources of IAM that are not devices STS takes codes of, and why (IAM User Guide, "MFA in IAM"). */
const notDevices: readonly (readonly [prefix: string, why: string])[] = [
  ['user/', 'is the ARN of a user'],
  ['u2f/', 'is a security key, which AWS STS cannot check'],
  ['sms-mfa/', 'is SMS MFA, which AWS no longer offers'],
];

function deviceErrors(
  fields: SessionFields,
  before: Session | undefined,
): readonly FieldErrorInput[] {
  const device = 'mfaSerial' in fields ? fields.mfaSerial : undefined;
  if (device === undefined) return [];
  if (before !== undefined && 'mfaSerial' in before && before.mfaSerial === device) return [];
  const arn = parseArn(device);
  const why = notDevices.find(([prefix]) => arn?.resource.startsWith(prefix))?.[1];
  if (why === undefined) return [];
  const example = `arn:${arn?.partition ?? 'aws'}:iam::${arn?.accountId ?? '123456789012'}:mfa/NAME`;
  return [
    {
      field: 'mfaSerial',
      message: `must be a virtual or hardware MFA device, such as ${example}; ${device} ${why}`,
    },
  ];
}

/** IAM User Guide, "Unique identifiers"; private clouds such as Ceph and LocalStack have others. */
function keyErrors(
  secrets: SessionSecrets | undefined,
  settings: Settings,
): readonly FieldErrorInput[] {
  if (secrets === undefined || usesOwnEndpoint(settings)) return [];
  return [
    ...(/^[A-Z0-9]{16,128}$/.test(secrets.accessKeyId)
      ? []
      : [
          {
            field: 'secrets.accessKeyId',
            message:
              'must be an access key id, such as AKIAIOSFODNN7EXAMPLE; for a private cloud, name its endpoint: --endpoint-url URL',
          },
        ]),
    ...(secrets.secretAccessKey.length >= 16
      ? []
      : [{ field: 'secrets.secretAccessKey', message: 'must have at least 16 characters' }]),
  ];
}
