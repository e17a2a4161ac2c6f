/** How an environment is marked. */
export type EnvironmentKind = 'production' | 'staging' | 'development' | 'other';

const beginnings: readonly (readonly [start: string, kind: EnvironmentKind])[] = [
  ['prod', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['stag', 'staging'],
  ['uat', 'staging'],
  ['dev', 'development'],
  ['test', 'development'],
  ['sandbox', 'development'],
];

/** By the first letters of its name, which is free text. */
export function environmentKind(environment: string): EnvironmentKind {
  const name = environment.toLowerCase();
  return beginnings.find(([start]) => name.startsWith(start))?.[1] ?? 'other';
}
