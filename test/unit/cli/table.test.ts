import { describe, expect, it } from 'vitest';
import { formatFields, formatTable } from '../../../src/cli/terminal/table.ts';

const columns = [
  { title: 'name', value: (row: readonly string[]) => row[0] ?? '' },
  { title: 'region', value: (row: readonly string[]) => row[1] ?? '' },
];

describe('a table', () => {
  it('lines columns up under their titles, without blanks at the ends', () => {
    expect(
      formatTable(
        [
          ['prod / Admin', 'eu-west-1'],
          ['dev', ''],
        ],
        columns,
      ),
    ).toEqual(['NAME          REGION', 'prod / Admin  eu-west-1', 'dev']);
  });

  it('keeps the columns in line where the first of them is empty', () => {
    expect(
      formatTable(
        [
          ['', 'eu-west-1'],
          ['dev', 'eu-west-1'],
        ],
        columns,
      ),
    ).toEqual(['NAME  REGION', '      eu-west-1', 'dev   eu-west-1']);
  });

  it('is nothing at all without rows', () => {
    expect(formatTable([], columns)).toEqual([]);
  });

  it('shows control characters as marks: a name must not steer the terminal', () => {
    expect(formatTable([['a\u001b[31mb\nc', 'x']], columns)[1]).toBe('a\ufffd[31mb\ufffdc  x');
  });

  it('counts characters, whatever their encoding takes', () => {
    const lines = formatTable(
      [
        ['🔑🔑', 'x'],
        ['Zürich', 'y'],
      ],
      columns,
    );
    expect(lines).toEqual(['NAME    REGION', '🔑🔑      x', 'Zürich  y']);
    expect(
      formatTable([['🔑'.repeat(9), 'x']], [{ ...columns[0], yields: 0 }] as never, { width: 8 }),
    ).toEqual(['NAME', `${'🔑'.repeat(4)}…${'🔑'.repeat(3)}`]);
  });

  it('paints what is padded, so that colour does not move the columns', () => {
    const painted = [{ ...columns[0], paint: (text: string) => `<${text}>` }, columns[1]];
    expect(formatTable([['dev', 'eu']], painted as typeof columns)[1]).toBe('<dev >  eu');
  });
});

describe('fields', () => {
  it('are one per line, with their values aligned', () => {
    expect(
      formatFields([
        ['sessionName', 'dev'],
        ['region', 'eu-west-1'],
      ]),
    ).toEqual(['sessionName  dev', 'region       eu-west-1']);
  });
});
