import { stringify } from 'yaml';
import { exportHeading, exportVersion } from '../../models/export.ts';

/** One thing in the file. Fields that are undefined are not written. */
export type Block = Readonly<Record<string, unknown>>;

/** What a reader looks for comes first; everything else follows by the alphabet. */
const firstFields = ['name', 'sessionName', 'ref', 'type', 'kind', 'integration', 'idp', 'parent'];

/** `sessionName` of a session, `name` of others. */
export function nameOf(block: Block): string {
  return String(block['sessionName'] ?? block['name']);
}

/** A block as YAML: a list of one, one field a line, so that changes merge line by line. */
export function blockText(block: Block): string {
  return stringify([inOrder(block)], { lineWidth: 0, aliasDuplicateObjects: false });
}

export function fileText(lists: Readonly<Record<string, readonly Block[]>>): string {
  const parts = Object.entries(lists)
    .filter(([, blocks]) => blocks.length > 0)
    .map(([name, blocks]) => `${name}:\n\n${blocks.map(blockText).join('\n')}`);
  const heading = [
    exportHeading,
    '# Import them with: stint import stint --file FILE',
    `version: ${exportVersion}`,
    '',
  ].join('\n');
  return [heading, ...parts].join('\n');
}

/** By code point, which is the same on every machine. */
export function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

function inOrder(block: Block): Block {
  const rest = sorted(Object.keys(block).filter((name) => !firstFields.includes(name)));
  return Object.fromEntries(
    [...firstFields, ...rest].flatMap((name) =>
      block[name] === undefined ? [] : [[name, inOrderInside(block[name])]],
    ),
  );
}

function inOrderInside(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
