import { roleSchema, scopes, scopesOfRole } from '../../src/models/scope.ts';

/** The scopes of each role as a table for `docs/scopes.md`, made from the code. */
export function scopesTable(): string {
  const roles = roleSchema.options;
  const rows = scopes.map((scope) => [
    `\`${scope}\``,
    ...roles.map((role) => (scopesOfRole[role].includes(scope) ? 'yes' : '')),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['scope', ...roles.map((role) => `\`${role}\``)]),
    line(['', ...roles].map(() => '---')),
    ...rows.map(line),
  ].join('\n');
}
