import { describe, expect, it } from 'vitest';
import { belongsTo } from '../../../src/services/delivery/aws-credentials/ownership.ts';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  markerText,
  placeholderText,
  type StashRef,
} from '../../../src/services/delivery/aws-credentials/file/section.ts';
import {
  planRemoval,
  type RemovalPlan,
} from '../../../src/services/delivery/aws-credentials/remove-plan.ts';

type Stashed = Readonly<Record<string, readonly string[] | undefined>>;

/** What the end of session `s1`, delivered as `dev`, makes of such a file. Section `bare` is its, too. */
function removed(text: string, stashed: Stashed = {}, bare = 'none'): RemovalPlan {
  const file = parseAwsFile(text, 'credentials');
  return planRemoval(file, {
    profile: 'dev',
    header: 'dev',
    owns: (section) => belongsTo(file, section, 's1') || section.names.includes(bare),
    stashed: new Map(Object.entries(stashed)),
  });
}

const ref = (index = 0): StashRef => ({ stashId: 'st', index });
const marker = (replaces?: StashRef, sessionId = 's1') =>
  markerText({ sessionId, lineBreak: false, replaces });
const keys = 'aws_access_key_id = ASIA\naws_secret_access_key = s\n';
/** The session's section in place of one of the user's. */
const ours = `[dev]\n${marker(ref())}\n${keys}`;
const comment = (index = 0) => `${placeholderText(ref(index), 'dev')}\n`;
const theirs = '[dev] ; mine\nx = 1\n';
const around = (text: string) => `[a]\nx=1\n${text}[b]\ny=2\n`;

describe('the section of a session that ends', () => {
  it('becomes the user’s own that it replaced', () => {
    expect(removed(around(ours), { st: [theirs] })).toEqual({ text: around(theirs) });
  });

  it('becomes a comment while the user’s own is not available', () => {
    expect(removed(around(ours), { st: undefined })).toEqual({ text: around(comment()) });
    expect(removed(around(`${ours}output = json\n`), { st: undefined }).text).toBe(
      around(`${comment()}[dev]\noutput = json\n`),
    );
    const withCr = (text: string) => `[a]\nx=1\n${text.replaceAll('\n', '\r\n')}`;
    expect(removed(withCr(ours), { st: undefined }).text).toBe(withCr(comment()));
  });

  it('goes where it replaced nothing, or what nobody knows of', () => {
    expect(removed(around(`[dev]\n${marker()}\n${keys}`)).text).toBe(around(''));
    expect(removed(around(ours)).text).toBe(around(''));
    expect(removed(around(`[dev]\n${keys}`), {}, 'dev').text).toBe(around(''));
    // Also while something else is stashed under its name.
    for (const own of [`[dev]\n${marker()}\n${keys}`, `[dev]\n${keys}`, ours]) {
      const file = around(own) + comment(0).replace('st/', 'other/');
      expect(removed(file, { other: [theirs] }, 'dev').text).toBe(around('') + theirs);
    }
  });

  it('goes with the line break that Stint added for it', () => {
    const text = markerText({ sessionId: 's1', lineBreak: true });
    expect(removed(`[a]\nx=1\n[dev]\n${text}\n${keys}`).text).toBe('[a]\nx=1');
  });

  it('keeps what others added to it, under its header where that is a setting', () => {
    const [first = '', second = ''] = keys.split(/(?<=\n)/);
    const added = (text: string) => `[dev]\n${marker()}\n${first}${text}${second}`;
    expect(removed(around(added('# note\n'))).text).toBe(around('# note\n'));
    expect(removed(around(added('output = json\n'))).text).toBe(around('[dev]\noutput = json\n'));
    expect(removed(around(`${added('# note\n')}output = json\n`)).text).toBe(
      around('[dev]\n# note\noutput = json\n'),
    );
  });

  it('leaves what others added in the user’s own, with a line break before it', () => {
    const added = ours.replace('aws_secret', 'output = json\naws_secret');
    for (const original of [theirs, theirs.replace(/\n$/, '\r'), theirs.trimEnd()]) {
      const lineBreak = original === theirs.trimEnd() ? '\n' : '';
      expect(removed(around(added), { st: [original] }).text).toBe(
        around(`${original}${lineBreak}output = json\n`),
      );
    }
  });

  it('is that of this session only', () => {
    const another = around(`[dev]\n${marker(undefined, 's2')}\n${keys}`);
    expect(removed(another)).toEqual({ text: another });
  });
});

describe('a section of the user’s own that is restored', () => {
  const second = '[dev]\nx = 2\n';

  it('is where the comment for it is, each in its own place', () => {
    const file = `${ours}[a]\nx=1\n${comment(1)}[b]\ny=2\n${comment(2)}`;
    const third = '[dev]\nx = 3';
    expect(removed(file, { st: [theirs, second, third] })).toEqual({
      text: `${theirs}[a]\nx=1\n${second}[b]\ny=2\n${third}`,
    });
  });

  it('is where the comment for it is also where the session’s section is gone', () => {
    expect(removed(around(comment()), { st: [theirs] })).toEqual({ text: around(theirs) });
  });

  it('is where the comment is also directly before or behind the session’s section', () => {
    const third = '[dev]\nx = 3\n';
    expect(
      removed(around(comment(1) + ours + comment(2)), { st: [theirs, second, third] }),
    ).toEqual({ text: around(second + theirs + third) });
  });

  it('is not lost where the comment is among the lines of the session’s section', () => {
    const [header = '', ...rest] = ours.split(/(?<=\n)/);
    const { text } = removed(around([header, comment(1), ...rest].join('')), {
      st: [theirs, second],
    });
    expect(text).toContain(theirs);
    expect(text).toContain(second);
  });

  it('has its last line without a line break only at the end of the file', () => {
    expect(removed(`[a]\n${ours}`, { st: [theirs.trimEnd()] }).text).toBe(
      `[a]\n${theirs.trimEnd()}`,
    );
    expect(removed(around(ours), { st: [theirs.trimEnd()] }).text).toBe(around(theirs));
  });

  it('leaves the comment for one of another stash', () => {
    const file = around(comment().replace('st/', 'other/'));
    expect(removed(file, { st: undefined })).toEqual({ text: file });
  });

  it('is appended where its place is lost, on a new line', () => {
    expect(removed(around(''), { st: [theirs, second] }).text).toBe(
      `${around('')}${theirs}${second}`,
    );
    expect(removed('[a]\r\nx=1', { st: [theirs] }).text).toBe(`[a]\r\nx=1\r\n${theirs}`);
    expect(removed('', { st: [theirs] }).text).toBe(theirs);
  });

  it('is not appended where it is in the file already', () => {
    const there = around(theirs);
    expect(removed(there, { st: [theirs] })).toEqual({ text: there });
    expect(removed(there, { st: [theirs.trimEnd()] })).toEqual({ text: there });
    expect(removed(there, { st: [`${theirs}\n\n`] })).toEqual({ text: there });
    expect(removed(`${there}${ours}`, { st: [second, theirs] }).text).toBe(`${there}${second}`);
  });
});

describe('a section of the user’s own stays stashed, and the line that keeps it is named', () => {
  it('where another section has its name now; the comment keeps its place', () => {
    const mine = '[dev]\nx = new\n';
    expect(removed(around(ours + mine), { st: [theirs] })).toEqual({
      text: around(comment() + mine),
      obstacle: { line: 4, reason: 'another section has that name now' },
    });
    expect(removed(mine + around(comment()), { st: [theirs] })).toEqual({
      text: mine + around(comment()),
      obstacle: { line: 1, reason: 'another section has that name now' },
    });
  });

  it('where somebody added one of its settings to the session’s section', () => {
    const mine = '[dev]\nx = 1\noutput = text\n';
    const reason = "somebody added output to the session's section";
    expect(removed(around(`${ours}output = json\n`), { st: [mine] })).toEqual({
      text: around(`${comment()}[dev]\noutput = json\n`),
      obstacle: { line: 4, reason },
    });
    const among = ours.replace('aws_secret', 'OUTPUT: json\naws_secret');
    expect(removed(around(among), { st: [mine] }).obstacle).toEqual({ line: 4, reason });
  });

  it('but not where what was added is a comment or another setting', () => {
    const added = '# output = json\n\nregionx = 1\n';
    expect(removed(around(ours + added), { st: [theirs] })).toEqual({
      text: around(theirs + added),
    });
  });

  it('but not where nothing is stashed, or not available', () => {
    const mine = around('[dev]\nx = new\n');
    expect(removed(mine, {})).toEqual({ text: mine });
    expect(removed(mine, { st: undefined })).toEqual({ text: mine });
    expect(removed(mine, { st: [] })).toEqual({ text: mine });
  });
});
