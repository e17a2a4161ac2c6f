import * as z from 'zod';

/** How an AWS session's credentials reach the provider chain. */
export const awsDeliverySchema = z.enum([
  'credentials-file',
  'credential-process',
  'endpoint-only',
]);

export const azureDeliverySchema = z.enum(['azure-cli', 'endpoint-only']);

/** The most characters of a profile name. */
export const profileNameLength = 128;

/** Name of an AWS profile, as a section header can hold it. */
export const profileNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(profileNameLength)
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  .regex(/^[^[\]\u0000-\u001f\u007f]+$/, 'must not contain brackets or control characters');

/** Most names are: what Unicode needs takes longer than all else, and a sync names thousands. */
export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** Letters, digits and `._-` of a name, without accents; at most 100 characters, perhaps none. */
export function profileBase(name: string): string {
  const letters = isAscii(name) ? name : name.normalize('NFKD').replace(/\p{Mn}/gu, '');
  return letters
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
}

/** A profile name made from a session name that is not in `taken`. */
export function profileNameFor(sessionName: string, taken: ReadonlySet<string>): string {
  return numbered(profileBase(sessionName) || 'session', taken);
}

/** `name`, or `name-2` and so on where it is in `taken`. */
export function numbered(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let suffix = 2; taken.has(free); suffix += 1) free = `${name}-${suffix}`;
  return free;
}
