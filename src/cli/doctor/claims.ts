import type { Context } from '../context.ts';
import { printable } from '../../models/printable.ts';
import { hint, type Finding } from './finding.ts';

/**
 * What to do where Azure asks for more than the sign-in: Stint does not see what it answers to the
 * programs that ask.
 */
export async function checkClaims({ owner }: Context): Promise<readonly Finding[]> {
  const { items } = await owner.request('GET', '/v1/integrations');
  const people = items.filter((one) => one.kind === 'azure' && one.credential === undefined);
  const [first] = people;
  if (first === undefined) return [];
  const name = people.length === 1 ? printable(first.name) : 'NAME';
  return [
    hint(
      'Azure may refuse a change with a claims challenge: it then wants a sign-in with a second factor.',
      `Give it what it asks for: stint integration login ${name} --claims-challenge VALUE`,
    ),
  ];
}
