import * as z from 'zod';

/** A yes or no in a query. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** An id in any other form is simply not found. */
export const sessionPath = z.object({ id: z.string().describe('the sessionId') });

export const leasePath = z.object({ id: z.string().describe('the leaseId') });

/** How many, in a query: 100 if omitted. */
export function limitUpTo(most: number) {
  return z.coerce.number().pipe(z.int().min(1).max(most)).default(100);
}
