import { DirectoryRefusal, type AccessKey, type Directory } from '../identity/directory.ts';
import type { UserPrincipal } from '../identity/principal.ts';
import { ConstraintCheck } from '../sts/constraints.ts';
import type { Parameters } from '../sts/parameters.ts';
import type { XmlContent } from '../sts/xml.ts';
import { limitExceeded, noSuchEntity } from './fault.ts';

export interface KeyActionContext {
  readonly parameters: Parameters;
  readonly directory: Directory;
  /** Whose keys it is about. */
  readonly user: UserPrincipal;
  /** The practice cloud's clock, milliseconds since the epoch. */
  readonly now: number;
  readonly newKeyDelayMs: number;
}

/** Answers the content of `<NameResult>`, or nothing; throws StsFault. */
type KeyAction = (context: KeyActionContext) => XmlContent;

/** IAM API Reference, each action's "Request Parameters": AccessKeyId. */
const keyIdConstraint = {
  required: true,
  minLength: 16,
  maxLength: 128,
  pattern: String.raw`[\w]+`,
} as const;

export function nameOf({ arn }: UserPrincipal): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** IAM API Reference "CreateAccessKey": Active, shown once; LimitExceeded with a third. */
const createAccessKey: KeyAction = ({ directory, user, now, newKeyDelayMs }) => {
  try {
    const key = directory.createAccessKey(user.arn, undefined, {
      createdAt: now,
      knownFrom: now + newKeyDelayMs,
    });
    const { secretAccessKey: SecretAccessKey } = key;
    return { AccessKey: { ...metadataOf(key, user), SecretAccessKey } };
  } catch (error) {
    if (error instanceof DirectoryRefusal && error.code === 'LimitExceeded') {
      throw limitExceeded(error.message);
    }
    throw error;
  }
};

/** IAM API Reference "ListAccessKeys". A user has two at most, so there is one page. */
const listAccessKeys: KeyAction = ({ directory, user }) => ({
  AccessKeyMetadata: directory.keysOf(user.arn).map((key) => metadataOf(key, user)),
  IsTruncated: 'false',
});

/** IAM API Reference "UpdateAccessKey": idempotent; an answer without a result. */
const updateAccessKey: KeyAction = (context) => {
  const check = new ConstraintCheck(context.parameters);
  const id = check.text('AccessKeyId', keyIdConstraint);
  const status = check.text('Status', {
    required: true,
    pattern: 'Active|Inactive|Expired',
  });
  check.end();
  context.directory.setAccessKeyStatus(
    ownKey(context, id).accessKeyId,
    status === 'Active' ? 'Active' : 'Inactive',
  );
  return undefined;
};

/** IAM API Reference "DeleteAccessKey"; an answer without a result. */
const deleteAccessKey: KeyAction = (context) => {
  const check = new ConstraintCheck(context.parameters);
  const id = check.text('AccessKeyId', keyIdConstraint);
  check.end();
  context.directory.deleteAccessKey(ownKey(context, id).accessKeyId);
  return undefined;
};

export const keyActions: ReadonlyMap<string, KeyAction> = new Map([
  ['CreateAccessKey', createAccessKey],
  ['ListAccessKeys', listAccessKeys],
  ['UpdateAccessKey', updateAccessKey],
  ['DeleteAccessKey', deleteAccessKey],
]);

function ownKey({ directory, user }: KeyActionContext, accessKeyId: string): AccessKey {
  const key = directory.accessKey(accessKeyId);
  if (key?.userArn === user.arn) return key;
  throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
}

/** IAM API Reference "AccessKeyMetadata". */
function metadataOf({ accessKeyId, status, createdAt }: AccessKey, user: UserPrincipal) {
  return {
    UserName: nameOf(user),
    AccessKeyId: accessKeyId,
    Status: status,
    CreateDate: new Date(createdAt).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}
