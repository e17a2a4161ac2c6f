import type { z } from 'zod';
import type { HttpRequest } from '../http/request.ts';
import { oidcFault } from './fault.ts';

/** The body of a request to the sign-in service. Throws CenterFault 'InvalidRequestException'. */
export function bodyOf<T extends z.ZodType>(schema: T, { body }: HttpRequest): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw oidcFault('InvalidRequestException', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw oidcFault('InvalidRequestException', `Invalid or missing parameter: ${field}`);
}
