import { describe, expect, it } from 'vitest';
import {
  beginText,
  endText,
} from '../../../src/services/delivery/aws-credentials/file/profile-block.ts';
import {
  markerOf,
  markerText,
  type Marker,
} from '../../../src/services/delivery/aws-credentials/file/section.ts';
import {
  planBlock,
  type BlockRequest,
} from '../../../src/services/delivery/aws-credentials/publish-plan.ts';

/** The config file when these profiles are published; those with a comment of Stint's are its own. */
function planned(
  text: string,
  names: readonly string[],
  request: Partial<BlockRequest> = {},
): string {
  const wanted = names.map((profile) => ({
    profile,
    header: `profile ${profile}`,
    sessionId: `session-${profile}`,
    settings: [['region', 'new']] as const,
  }));
  const owns: BlockRequest['owns'] = (file, one) => markerOf(file, one)?.published === true;
  return planBlock(text, { wanted, owns, held: new Set(), ...request });
}

function section(name: string, region = 'new', more: Partial<Marker> = {}): string {
  const marker = { sessionId: `session-${name}`, published: true, lineBreak: false, ...more };
  return [`[profile ${name}]`, markerText(marker), `region = ${region}`, ''].join('\n');
}

const block = (sections: string, lineBreak = false) =>
  `${beginText(lineBreak)}\n${sections}${endText}\n`;
const mine = '[default]\noutput = json\n';

describe('the block of published profiles', () => {
  it('gets a profile once, however often it is asked for', () => {
    expect(planned(mine, ['a', 'a'])).toBe(mine + block(section('a')));
    expect(planned(mine + block(section('a', 'old')), ['a', 'a'])).toBe(mine + block(section('a')));
  });

  it('has a copy of a profile removed that somebody made', () => {
    const copied = mine + block(section('a', 'old') + section('a', 'older'));
    expect(planned(copied, ['a'])).toBe(mine + block(section('a')));
  });

  it('gets more before its end, also where that has no line break', () => {
    const open = (mine + block(section('a'))).trimEnd();
    expect(planned(open, ['a', 'b'])).toBe((mine + block(section('a') + section('b'))).trimEnd());
  });

  it('keeps the line endings of each profile, and what its comment says', () => {
    const more: Partial<Marker> = { lineBreak: true, replaces: { stashId: 'st', index: 1 } };
    const before = `[default]\n${section('a', 'old', more)}`;
    expect(planned(before, ['a'])).toBe(`[default]\n${section('a', 'new', more)}`);
    const withCr = (text: string) => mine + text.replaceAll('\n', '\r\n');
    expect(planned(withCr(section('a', 'old')), ['a'])).toBe(withCr(section('a')));
  });

  it('has a profile renewed whose comment another program dropped', () => {
    const bare = '[profile a]\nregion = old\n';
    const owns: BlockRequest['owns'] = (_, { profiles }) => profiles.includes('a');
    expect(planned(mine + block(bare), ['a'], { owns })).toBe(mine + block(section('a')));
  });

  it('keeps the order of its profiles, beside sections that mean none', () => {
    const other = '[sso-session a]\nsso_region = x\n';
    const sections = section('a', 'old') + section('b', 'old');
    expect(planned(other + block(sections), ['b', 'a'])).toBe(
      other + block(section('a') + section('b')),
    );
  });

  it('loses a profile that the user has elsewhere in the file', () => {
    const own = '[profile "a"]\nregion = mine\n';
    expect(planned(mine + block(section('a') + section('b')) + own, ['a', 'b'])).toBe(
      mine + block(section('b')) + own,
    );
  });

  it('leaves the profile of an active session unchanged, and does not add it', () => {
    const held = new Set(['a']);
    const before = mine + block(section('a', 'old'));
    expect(planned(before, ['a'], { held })).toBe(before);
    expect(planned(before, [], { held })).toBe(before);
    expect(planned(mine, ['a'], { held })).toBe(mine);
    expect(planned(mine, ['a', 'b'], { held })).toBe(mine + block(section('b')));
  });
});

describe('the comments around the block', () => {
  it('go with the last profile, and with the line break that Stint added', () => {
    const open = mine.trimEnd();
    expect(planned(`${open}\n${block(section('a'), true)}`, [])).toBe(open);
  });

  it('go around what others wrote between them, which stays', () => {
    const theirs = '# note\n[profile own]\nregion = x\n';
    expect(planned(mine + block(section('a') + theirs), [])).toBe(mine + theirs);
  });

  it('go where the other one was lost, while the profiles stay', () => {
    const [begin, end] = [`${beginText(false)}\n`, `${endText}\n`];
    expect(planned(mine + begin + section('a'), ['a'])).toBe(mine + section('a'));
    expect(planned(mine + section('a') + end, ['a'])).toBe(mine + section('a'));
    expect(planned(mine + end + block(section('a')) + end, ['a'])).toBe(mine + block(section('a')));
    expect(planned(mine + begin + section('a'), [])).toBe(mine);
  });
});
