import { headerValues, type HttpRequest } from '../http/request.ts';
import { incompleteSignature, missingAuthenticationToken } from './fault.ts';
import { algorithm, type CredentialScope } from './signature.ts';

/** A caller's claims about its signature, not verified yet. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope & { readonly terminator: string };
  /** Lower case, in the order given. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** YYYYMMDD'T'HHMMSS'Z'. */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Set for a presigned URL: how long it is good for. */
  readonly expiresSeconds: number | undefined;
}

const basicFormat = /^\d{8}T\d{6}Z$/;

/**
 * Reads the `Authorization` header, or the query of a presigned URL.
 * Source: IAM User Guide "Authentication methods" and "Elements of an AWS API request signature".
 * @throws StsFault MissingAuthenticationToken, IncompleteSignature
 */
export function readAuthorization(request: HttpRequest): Authorization {
  const query = new URLSearchParams(request.query);
  const [header] = headerValues(request, 'authorization');
  if (header !== undefined) return fromHeader(request, header);
  if (query.has('X-Amz-Algorithm')) return fromQuery(query);
  throw missingAuthenticationToken();
}

function fromHeader(request: HttpRequest, header: string): Authorization {
  const [named = '', ...rest] = header.trim().split(/\s+/);
  requireAlgorithm(named);
  const parts = new Map(
    rest
      .join('')
      .split(',')
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        return [name, value.join('=')] as const;
      }),
  );
  const timestamp = timestampOf(request);
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (timestamp === undefined) {
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  if (missing.length > 0) throw incompleteSignature(missing.join(' '));
  return {
    ...credential(parts.get('Credential') ?? ''),
    signedHeaders: (parts.get('SignedHeaders') ?? '').toLowerCase().split(';'),
    signature: parts.get('Signature') ?? '',
    timestamp: requireBasicFormat(timestamp ?? ''),
    sessionToken: headerValues(request, 'x-amz-security-token')[0],
    expiresSeconds: undefined,
  };
}

function fromQuery(query: URLSearchParams): Authorization {
  requireAlgorithm(query.get('X-Amz-Algorithm') ?? '');
  const missing = ['Credential', 'Signature', 'SignedHeaders', 'Date']
    .map((name) => `X-Amz-${name}`)
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (missing.length > 0) throw incompleteSignature(missing.join(' '));
  return {
    ...credential(query.get('X-Amz-Credential') ?? ''),
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').toLowerCase().split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    timestamp: requireBasicFormat(query.get('X-Amz-Date') ?? ''),
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
    expiresSeconds: expiry(query.get('X-Amz-Expires')),
  };
}

function requireAlgorithm(named: string): void {
  if (named !== algorithm) throw incompleteSignature(`Unsupported AWS 'algorithm': '${named}'.`);
}

/** `X-Amz-Date`, else `Date`, which may be in the same format or in that of RFC 9110. */
function timestampOf(request: HttpRequest): string | undefined {
  const [amzDate] = headerValues(request, 'x-amz-date');
  if (amzDate !== undefined) return amzDate;
  const [date] = headerValues(request, 'date');
  if (date === undefined || basicFormat.test(date)) return date;
  const parsed = new Date(date);
  return Number.isNaN(parsed.valueOf()) ? date : basicTime(parsed.valueOf());
}

function requireBasicFormat(timestamp: string): string {
  if (basicFormat.test(timestamp)) return timestamp;
  throw incompleteSignature(
    `Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );
}

/** Keys can't hold a slash, so the parts are counted from the front. */
function credential(text: string): Pick<Authorization, 'accessKeyId' | 'scope'> {
  const parts = text.split('/');
  const [accessKeyId = '', date = '', region = '', service = '', terminator = ''] = parts;
  if (parts.length !== 5) {
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`,
    );
  }
  return { accessKeyId, scope: { date, region, service, terminator } };
}

/** A presigned URL lives 1 second to 7 days; without a number 15 minutes. */
function expiry(text: string | null): number {
  if (text === null) return 900;
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > 604_800) {
    throw incompleteSignature('X-Amz-Expires must be between 1 and 604800 seconds.');
  }
  return seconds;
}

/** A moment (milliseconds since the epoch) as signatures write it: YYYYMMDD'T'HHMMSS'Z'. */
export function basicTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+|[-:]/g, '');
}

/** The reverse of `basicTime`; NaN for a date that doesn't exist. */
export function parseBasicTime(timestamp: string): number {
  return Date.parse(
    timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}
