import { createHash, timingSafeEqual } from 'node:crypto';
import { headerValues, type HttpRequest } from '../http/request.ts';
import { partitionOfRegion, type Partition } from '../identity/arn.ts';
import type { Directory } from '../identity/directory.ts';
import type { Principal } from '../identity/principal.ts';
import type { IssuedCredentials } from '../identity/temporary-credentials.ts';
import type { CloudState } from '../state.ts';
import {
  basicTime,
  parseBasicTime,
  readAuthorization,
  type Authorization,
} from './authorization.ts';
import { canonicalRequest } from './canonical-request.ts';
import {
  expiredToken,
  incompleteSignature,
  invalidClientToken,
  signatureDoesNotMatch,
} from './fault.ts';
import { sameSignature, signatureOf } from './signature.ts';

export interface Authenticated {
  readonly principal: Principal;
  readonly accessKeyId: string;
}

/**
 * Says who signed a request, or refuses it. `now` is the practice cloud's clock in milliseconds.
 * Source: IAM User Guide "Create a signed AWS API request" and "Troubleshoot Signature Version 4
 * signing for AWS API requests"; STS and IAM API Reference "Common Errors".
 * @throws StsFault MissingAuthenticationToken, IncompleteSignature, InvalidClientTokenId,
 *   SignatureDoesNotMatch, ExpiredToken
 */
export function authenticate(
  request: HttpRequest,
  { directory, issued, overrides }: CloudState,
  now: number,
  service: AwsService = 'sts',
): Authenticated {
  const claim = readAuthorization(request);
  const { principal, secretAccessKey, expiresAt } = findKey(claim, directory, issued, now, service);
  requireScope(claim, principal, service);
  requireTimely(claim, now, overrides.current.signatureMinutes);
  requireSignedHeaders(request, claim);
  const canonical = canonicalRequest(
    request,
    claim.signedHeaders,
    claim.expiresSeconds === undefined ? [] : ['X-Amz-Signature'],
  );
  const expected = signatureOf(canonical, claim.timestamp, claim.scope, secretAccessKey);
  if (!sameSignature(expected, claim.signature)) throw signatureDoesNotMatch();
  if (expiresAt !== undefined && expiresAt <= now) throw expiredToken();
  return { principal, accessKeyId: claim.accessKeyId };
}

/** AWS General Reference "AWS IAM endpoints and quotas": IAM has one region per partition. */
const iamRegions: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
};

type AwsService = 'sts' | 'iam';

interface FoundKey {
  readonly principal: Principal;
  readonly secretAccessKey: string;
  readonly expiresAt?: number;
}

/**
 * Long-term keys: active and without a session token. Temporary ones: with their own session token.
 * Source: IAM User Guide "Use temporary credentials with AWS resources" and "Manage access keys".
 */
function findKey(
  claim: Authorization,
  directory: Directory,
  issued: IssuedCredentials,
  now: number,
  service: AwsService,
): FoundKey {
  const temporary = issued.find(claim.accessKeyId);
  if (temporary !== undefined) {
    if (!sameToken(temporary.sessionToken, claim.sessionToken ?? ''))
      throw invalidClientToken(service);
    if (!stillThere(temporary.principal, directory)) throw invalidClientToken(service);
    return temporary;
  }
  const key = directory.accessKey(claim.accessKeyId);
  const user = key === undefined ? undefined : directory.user(key.userArn);
  const isKnown = key?.status === 'Active' && (key.knownFrom ?? now) <= now;
  if (!isKnown || user === undefined || claim.sessionToken !== undefined) {
    throw invalidClientToken(service);
  }
  return { principal: user, secretAccessKey: key.secretAccessKey };
}

/** A user or role created again under the same name is a different one. */
function stillThere(principal: Principal, directory: Directory): boolean {
  if (principal.kind !== 'roleSession') {
    const user = principal.kind === 'federatedUser' ? principal.user : principal;
    return directory.user(user.arn)?.userId === user.userId;
  }
  const role = directory.role(principal.roleArn);
  return role !== undefined && principal.userId.startsWith(`${role.roleId}:`);
}

function sameToken(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** The scope names the request's day, a region of the key's partition, this service. */
function requireScope(
  { scope, timestamp }: Authorization,
  principal: Principal,
  service: AwsService,
): void {
  const day = timestamp.slice(0, 8);
  if (scope.terminator !== 'aws4_request') {
    throw signatureDoesNotMatch(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`,
    );
  }
  if (scope.service !== service) {
    throw signatureDoesNotMatch(`Credential should be scoped to correct service: '${service}'.`);
  }
  if (scope.date !== day) {
    throw signatureDoesNotMatch(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        `'${scope.date}' != '${day}', from '${timestamp}'.`,
    );
  }
  const partition = partitionOfRegion(scope.region);
  if (partition === undefined) {
    throw signatureDoesNotMatch('Credential should be scoped to a valid region.');
  }
  // IAM User Guide "IAM identifiers": credentials of one partition are unknown in another.
  if (partition !== principal.partition) throw invalidClientToken(service);
  if (service === 'iam' && scope.region !== iamRegions[partition]) {
    throw signatureDoesNotMatch(
      `Credential should be scoped to a valid region, not '${scope.region}'.`,
    );
  }
}

/**
 * Within some minutes of our clock, 15 at AWS; a presigned URL from its time stamp until it expires.
 * Source: IAM User Guide "Troubleshoot Signature Version 4 signing for AWS API requests".
 */
function requireTimely(
  { timestamp, expiresSeconds }: Authorization,
  now: number,
  toleranceMinutes: number,
): void {
  const signedAt = parseBasicTime(timestamp);
  const tolerance = toleranceMinutes * 60_000;
  const lifetime = expiresSeconds === undefined ? tolerance : expiresSeconds * 1000;
  if (Number.isNaN(signedAt)) throw incompleteSignature(`Date is invalid: '${timestamp}'.`);
  if (signedAt < now - lifetime) {
    const earliest = basicTime(now - lifetime);
    throw signatureDoesNotMatch(
      `Signature expired: ${timestamp} is now earlier than ${earliest} ` +
        `(${basicTime(now)} - ${Math.round(lifetime / 60_000)} min.)`,
    );
  }
  if (signedAt > now + tolerance) {
    throw signatureDoesNotMatch(
      `Signature not yet current: ${timestamp} is still later than ${basicTime(now + tolerance)} ` +
        `(${basicTime(now)} + ${toleranceMinutes} min.)`,
    );
  }
}

/** `host` and every `x-amz-*` header sent must be signed ("Create a canonical request"). */
function requireSignedHeaders(request: HttpRequest, { signedHeaders }: Authorization): void {
  if (!signedHeaders.includes('host')) {
    throw signatureDoesNotMatch(
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  const unsigned = request.headers
    .map(([name]) => name.toLowerCase())
    .find((name) => name.startsWith('x-amz-') && !signedHeaders.includes(name));
  if (unsigned !== undefined) {
    throw signatureDoesNotMatch(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  const absent = signedHeaders.find((name) => headerValues(request, name).length === 0);
  if (absent !== undefined) throw signatureDoesNotMatch();
}
