import { z } from 'zod';

/** How an AWS session's credentials reach the provider chain. */
export const awsDeliverySchema = z.enum([
  'credentials-file',
  'credential-process',
  'endpoint-only',
]);

export const azureDeliverySchema = z.enum(['azure-cli', 'endpoint-only']);

/** Name of an AWS profile, valid in a section header. */
export const profileNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(128)
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  .regex(/^[^[\]\u0000-\u001f\u007f]+$/, 'must not contain brackets or control characters');

/** A profile name made from a session name: letters, digits, `._-`, and not in `taken`. */
export function profileNameFor(sessionName: string, taken: ReadonlySet<string>): string {
  const base =
    sessionName
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 100) || 'session';
  let name = base;
  for (let suffix = 2; taken.has(name); suffix += 1) name = `${base}-${suffix}`;
  return name;
}
