import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/services/delivery/aws-credentials/file/line.ts';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  blockText,
  extentOf,
  markerOf,
  markerText,
  placeholderOf,
  placeholderText,
  type Marker,
} from '../../../src/services/delivery/aws-credentials/file/section.ts';

const lineBreak = false;
const plain = markerText({ sessionId: 's1', lineBreak });

/** The last section of such a file, and the file. */
function lastOf(lines: readonly string[]) {
  const file = parseAwsFile(`${lines.join('\n')}\n`, 'credentials');
  const section = file.sections.at(-1);
  if (section === undefined) throw new Error('There is no section.');
  return { file, section };
}

function markerIn(...lines: readonly string[]): Marker | undefined {
  const { file, section } = lastOf(lines);
  return markerOf(file, section);
}

function extentIn(...lines: readonly string[]) {
  const { file, section } = lastOf(lines);
  const { end, inner, outer } = extentOf(file, section);
  return { end, inner: textOf(inner), outer: textOf(outer) };
}

describe('the comment in a section of ours', () => {
  const none = { lineBreak, endpoint: false, published: false, replaces: undefined };
  const all = { lineBreak: true, endpoint: true, replaces: { stashId: 'st', index: 12 } };

  it.each<Marker>([
    { sessionId: 's1', ...none },
    { sessionId: 's1', ...none, lineBreak: true },
    { sessionId: 's1', ...none, endpoint: true },
    { sessionId: 's1', ...none, published: true },
    { sessionId: 's1', ...none, replaces: { stashId: 'st', index: 0 } },
    { sessionId: 's1', ...all, published: false },
    { sessionId: 's1', ...all, published: true },
  ])('tells %j', (marker) => {
    expect(markerIn('[dev]', markerText(marker))).toEqual(marker);
  });

  it('says only what is so', () => {
    expect(plain).toBe('# Stint session s1: removed when the session stops');
    const notes = `line-break, endpoint, put-aside st/12`;
    expect(markerText({ sessionId: 's1', ...all })).toBe(`${plain} [${notes}]`);
  });

  it('names the endpoint where the session has one', () => {
    const text = (settings: readonly [string, string][]) =>
      blockText('dev', { sessionId: 's1', lineBreak }, settings, '\n');
    expect(text([['region', 'x']])).toBe(`[dev]\n${plain}\nregion = x\n`);
    expect(
      text([
        ['region', 'x'],
        ['endpoint_url', 'http://x'],
      ]),
    ).toBe(`[dev]\n${plain} [endpoint]\nregion = x\nendpoint_url = http://x\n`);
  });

  it('may be anywhere in the section, indented, or written with another sign', () => {
    expect(markerIn('[dev]', 'x = 1', '# note', plain)?.sessionId).toBe('s1');
    expect(markerIn('[dev]', ` \t${plain}`)?.sessionId).toBe('s1');
    expect(markerIn('[dev]', ';Stint session s1: removed')?.sessionId).toBe('s1');
  });

  it('is not one before the section, nor in the middle of another comment', () => {
    expect(markerIn('[a]', plain, '[dev]', '# note')).toBeUndefined();
    expect(markerIn('[dev]', `# see ${plain}`)).toBeUndefined();
    expect(markerIn('[dev]', `#${plain}`)).toBeUndefined();
    expect(markerIn('[dev]', 'x = 1')).toBeUndefined();
  });
});

describe('the comment where a stashed section was', () => {
  const placeholderIn = (line: string) => lastOf(['[a]', line]).file.lines.map(placeholderOf)[1];

  it('tells which one', () => {
    const ref = { stashId: 'st', index: 12 };
    expect(placeholderIn(placeholderText(ref, 'dev'))).toEqual(ref);
  });

  it('is not any other comment', () => {
    expect(placeholderIn(`# was: # Stint put-aside st/1: x`)).toBeUndefined();
    expect(placeholderIn(`x = # Stint put-aside st/1: x`)).toBeUndefined();
    expect(placeholderIn(`# Stint put-aside st/: x`)).toBeUndefined();
  });
});

describe('what is ours in a section of ours', () => {
  it('is the header, the comment and our settings, with the lines that continue them', () => {
    expect(extentIn('[dev]', plain, 'region = x', '  more')).toEqual({
      end: 4,
      inner: '',
      outer: '',
    });
  });

  it('is nothing of others among our lines, nor behind them', () => {
    expect(
      extentIn('[dev]', plain, 'output = json', '  more', '# note', 'region = x', 'stray', '# end'),
    ).toEqual({ end: 6, inner: 'output = json\n  more\n# note\n', outer: 'stray\n# end\n' });
  });

  it('keeps what continues a setting of ours behind a comment of others', () => {
    expect(extentIn('[dev]', plain, 'region = x', '# note', '  more')).toEqual({
      end: 5,
      inner: '# note\n',
      outer: '',
    });
  });

  it('is the endpoint only where the comment says so', () => {
    const marked = markerText({ sessionId: 's1', lineBreak, endpoint: true });
    const lines = ['region = x', 'endpoint_url = y', 'output = z'];
    expect(extentIn('[dev]', marked, ...lines)).toMatchObject({ end: 4, outer: 'output = z\n' });
    expect(extentIn('[dev]', plain, ...lines)).toMatchObject({
      end: 3,
      outer: 'endpoint_url = y\noutput = z\n',
    });
  });

  it('is not a line that only begins like a setting of ours', () => {
    expect(extentIn('[dev]', plain, 'regionx')).toMatchObject({ end: 2, outer: 'regionx\n' });
  });
});
