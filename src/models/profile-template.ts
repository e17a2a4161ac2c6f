import * as z from 'zod';
import { parseArn } from './arn.ts';

/*
 * How profiles of new sessions are named: text with placeholders such as `{account}-{role}`.
 */

const placeholders = ['session', 'account', 'accountId', 'role', 'integration'] as const;
type Placeholder = (typeof placeholders)[number];

export const defaultProfileTemplate = '{session}';

export const profileTemplateSchema = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .refine(
    (template) => {
      const named = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const rest = template.replaceAll(/\{\w+\}/g, '');
      const isKnown = (name: string | undefined) =>
        (placeholders as readonly (string | undefined)[]).includes(name);
      return named.length > 0 && named.every(isKnown) && /^[A-Za-z0-9._-]*$/.test(rest);
    },
    {
      error: `must have placeholders (${placeholders
        .map((name) => `{${name}}`)
        .join(', ')}), and between them letters, digits and ._- alone`,
    },
  );

/** What is known of a session; the rest is missing. */
export interface Named {
  readonly sessionName: string;
  readonly accountName?: unknown;
  readonly accountId?: unknown;
  readonly roleName?: unknown;
  readonly roleArn?: unknown;
}

/**
 * The text that a session's profile is named after. A session that lacks a value of the template, such
 * as an IAM user without a role, is named after the session. `integration`: its name.
 */
export function profileText(
  template: string,
  session: Named,
  integration: string | undefined,
): string {
  if (template === defaultProfileTemplate) return session.sessionName;
  const { accountId, resource } = parseArn(text(session.roleArn) ?? '') ?? {};
  const id = text(session.accountId) ?? accountId;
  const values: Readonly<Record<Placeholder, string | undefined>> = {
    session: session.sessionName,
    account: text(session.accountName) ?? id,
    accountId: id,
    role: text(session.roleName) ?? resource?.split('/').at(-1),
    integration,
  };
  const isMissing = placeholders.some(
    (name) => template.includes(`{${name}}`) && values[name] === undefined,
  );
  if (isMissing) return session.sessionName;
  return template.replaceAll(/\{(\w+)\}/g, (_, name) => values[name as Placeholder] ?? '');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
