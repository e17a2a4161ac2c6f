/**
 * These properties of an answer if all of them are texts, else undefined. The first load of the window does
 * without a library for schemas.
 */
export function textsIn<const Name extends string>(
  answer: unknown,
  names: readonly Name[],
): Readonly<Record<Name, string>> | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const found = names.map(
    (name) => [name, (answer as Readonly<Record<string, unknown>>)[name]] as const,
  );
  if (!found.every(([, value]) => typeof value === 'string')) return undefined;
  return Object.fromEntries(found) as Record<Name, string>;
}
