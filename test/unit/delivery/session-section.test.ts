import { describe, expect, it } from 'vitest';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  markerOf,
  markerText,
  placeholderText,
  type Marker,
  type StashRef,
} from '../../../src/services/delivery/aws-credentials/file/section.ts';
import {
  planWrite,
  type WriteRequest,
} from '../../../src/services/delivery/aws-credentials/write-plan.ts';
import { bytesOf } from '../../../src/services/delivery/shared/user-file/content.ts';

/** What the file and the stash become when session `s1` is delivered as `dev`; Stint's sections are its to replace. */
function written(
  text: string,
  request: Partial<WriteRequest> = {},
): { readonly text?: string; readonly stash?: readonly string[]; readonly line?: number } {
  const file = parseAwsFile(text, 'credentials');
  const plan = planWrite(file, {
    profile: 'dev',
    header: 'dev',
    sessionId: 's1',
    settings: [['region', 'new']],
    owns: (section) => markerOf(file, section) !== undefined,
    replaceSection: false,
    stashed: [],
    newStashId: 'st',
    ...request,
  });
  if (plan.kind === 'occupied') return { line: plan.line };
  return { text: bytesOf(plan.pieces).toString('latin1'), stash: plan.stash };
}

const replaceSection = true;
const marker = (more: Partial<Marker> = {}) =>
  markerText({ sessionId: 's1', lineBreak: false, ...more });
const section = (more: Partial<Marker> = {}, region = 'new', eol = '\n') =>
  ['[dev]', marker(more), `region = ${region}`, ''].join(eol);
const old = section({ sessionId: 's0' }, 'old');
const ref = (index: number, stashId = 'st'): StashRef => ({ stashId, index });
const comment = (index: number, stashId = 'st') =>
  `${placeholderText(ref(index, stashId), 'dev')}\n`;

describe('the section of a session', () => {
  it('is appended where its profile is not in the file', () => {
    expect(written('[a]\nx=1\n')).toEqual({ text: `[a]\nx=1\n${section()}`, stash: [] });
    expect(written('').text).toBe(section());
  });

  it('begins on a new line, with the line endings of the file, and notes the line break', () => {
    expect(written('[a]\r\nx=1').text).toBe(
      `[a]\r\nx=1\r\n${section({ lineBreak: true }, 'new', '\r\n')}`,
    );
  });

  it('replaces the one before where that is, with its line endings and what others added among its lines', () => {
    expect(written(`[a]\n${old}[b]\n`).text).toBe(`[a]\n${section()}[b]\n`);
    const withCr = section({ sessionId: 's0' }, 'old', '\r\n');
    expect(written(`[a]\n${withCr}[b]\n`).text).toBe(`[a]\n${section({}, 'new', '\r\n')}[b]\n`);
    const added = old.replace('region', 'output = json\nregion');
    expect(written(`${added}x = 1\n`).text).toBe(`${section()}output = json\nx = 1\n`);
  });

  it('keeps what the comment of the one before says', () => {
    const notes: Partial<Marker> = { lineBreak: true, published: true, replaces: ref(3, 'other') };
    expect(written(`[a]\n${section({ ...notes, sessionId: 's0' }, 'old')}`).text).toBe(
      `[a]\n${section(notes)}`,
    );
  });

  it('replaces also one without a comment, and removes copies of it', () => {
    const owns = () => true;
    expect(written('[dev]\nregion = old\n', { owns }).text).toBe(section());
    expect(written(`${old}[a]\n${old}`, { owns: ({ names }) => !names.includes('a') }).text).toBe(
      `${section()}[a]\n`,
    );
  });

  it('replaces the one of its profile among several, else the first', () => {
    const elsewhere = old.replace('[dev]', '[x]');
    expect(written(`${elsewhere}[a]\n${old}`).text).toBe(`[a]\n${section()}`);
    expect(written(`${elsewhere}[a]\n${elsewhere}`).text).toBe(`${section()}[a]\n`);
  });
});

describe('a section of the user’s own', () => {
  const mine = '[dev] ; mine\nx = 1\n';
  const second = '[dev]\nx = 2\n';

  it('is not replaced without permission: the line of the first is named', () => {
    expect(written(`[a]\nx=1\n${mine}${second}`)).toEqual({ line: 3 });
  });

  it('is replaced with permission and stashed; what is behind it stays', () => {
    expect(written(`[a]\nx=1\n${mine}\n# b\n[b]\n`, { replaceSection })).toEqual({
      text: `[a]\nx=1\n${section({ replaces: ref(0) })}\n# b\n[b]\n`,
      stash: [mine],
    });
  });

  it('is one of several: the session replaces the first, and a comment each other one', () => {
    const third = '[dev]\r\nx = 3';
    expect(written(`${mine}[a]\n${second}${third}`, { replaceSection })).toEqual({
      text: `${section({ replaces: ref(0) })}[a]\n${comment(1)}${comment(2).replace('\n', '\r\n')}`,
      stash: [mine, second, third],
    });
  });

  it('is stashed without the line break that Stint added for its own section behind it', () => {
    const next = (lineBreak: boolean) =>
      `[other]\n${marker({ sessionId: 's2', lineBreak })}\nregion = x\n`;
    const owns = () => false;
    const mine = '[dev] ; mine\nx = 1\ny = 2\n';
    expect(written(`${mine}${next(true)}`, { owns, replaceSection })).toEqual({
      text: `${section({ replaces: ref(0) })}${next(false)}`,
      stash: [mine.trimEnd()],
    });
    expect(written(`${mine}${next(false)}`, { owns, replaceSection })).toEqual({
      text: `${section({ replaces: ref(0) })}${next(false)}`,
      stash: [mine],
    });
  });
});

describe('a session under the name of a profile that is stashed already', () => {
  const stashed = [
    { id: 'one', count: 1 },
    { id: 'two', count: 2 },
  ];

  it('takes the place of the first comment for one of its sections', () => {
    const file = `[a]\r\n${comment(0, 'foreign')}${comment(1, 'two')}[b]\n${comment(0, 'one')}`;
    expect(written(file, { stashed })).toEqual({
      text: file.replace(comment(1, 'two'), section({ replaces: ref(1, 'two') })),
      stash: [],
    });
  });

  it('has the line ending of that comment', () => {
    const withCr = comment(0, 'one').replace('\n', '\r\n');
    expect(written(`[a]\n${withCr}`, { stashed }).text).toBe(
      `[a]\n${section({ replaces: ref(0, 'one') }, 'new', '\r\n')}`,
    );
  });

  it('is appended for the first section whose comment is lost', () => {
    expect(written('[a]\n', { stashed }).text).toBe(`[a]\n${section({ replaces: ref(0, 'one') })}`);
  });

  it('refers to the first section that nothing in the file refers to, when it replaces another', () => {
    const another = `[x]\n${marker({ sessionId: 's2', replaces: ref(0, 'one') })}\n`;
    const file = `${another}${comment(0, 'two')}`;
    const owns: WriteRequest['owns'] = ({ names }) => names.includes('dev');
    expect(written(file + old, { stashed, owns }).text).toBe(
      file + section({ replaces: ref(1, 'two') }),
    );
    expect(written(`${file}${comment(1, 'two')}${old}`, { stashed, owns }).text).toBe(
      `${file}${comment(1, 'two')}${section()}`,
    );
  });
});
