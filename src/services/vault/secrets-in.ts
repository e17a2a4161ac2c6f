import { isSecretName } from '../../models/secret-name.ts';

/**
 * Members of what the vault keeps that are not secret: names, ids, dates and addresses. Every other
 * text counts as one, so that a member nobody thought of is hidden rather than shown.
 */
const harmless = new Set([
  // Credentials, sign-ins and registrations of AWS.
  'accountId',
  'clientId',
  'expiration',
  'grant',
  'madeFor',
  'mfaSerial',
  // The account of an Azure sign-in (AuthenticationRecord of `@azure/identity`).
  'authority',
  'homeAccountId',
  'kind',
  'tenantId',
  'username',
  // MSAL's token cache (`@azure/msal-common`, cache entities).
  'authority_type',
  'cached_at',
  'client_id',
  'credential_type',
  'environment',
  'expires_on',
  'extended_expires_on',
  'family_id',
  'home_account_id',
  'last_modification_app',
  'last_modification_time',
  'local_account_id',
  'name',
  'realm',
  'refresh_on',
  'target',
  'tenantProfiles',
  'token_type',
  // Cookies (RFC 6265 §4.1).
  'domain',
  'path',
  'sameSite',
]);

/** What clouds issue is longer; a shorter text may be a word that log lines need. */
const shortest = 16;

/** The secrets in one entry of the vault: its own text, or the texts in its JSON. */
export function secretsIn(entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const value = fromJson(entry);
  if (typeof value !== 'object' || value === null) found.add(entry);
  else collect(value, '', found);
  return found;
}

function collect(value: unknown, member: string, found: Set<string>): void {
  if (typeof value === 'string') {
    if (harmless.has(member)) return;
    const isNamed = isSecretName(member) || member === 'value';
    for (const text of partsOf(value)) if (isNamed || text.length >= shortest) found.add(text);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, member, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) collect(item, name, found);
  }
}

/** An error may quote one line of a certificate, or one value of a section. */
function partsOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('-----'));
  const values = lines.flatMap((line) => /^\s*\w+\s*=\s*(\S.*)$/.exec(line)?.[1] ?? []);
  return [text, ...[...(lines.length > 1 ? lines : []), ...values].filter(isLong)];
}

function isLong(text: string): boolean {
  return text.length >= shortest;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
