import fc from 'fast-check';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { toLatin1 } from '../../../src/services/delivery/aws-credentials/file/latin1.ts';
import { parseAwsFile } from '../../../src/services/delivery/aws-credentials/file/parse.ts';
import type { AwsFileKind } from '../../../src/services/delivery/delivery.ts';
import { replacing, credentials, scratchIn, target } from '../scratch-delivery.ts';
import type { FuzzTarget } from './fuzz-target.ts';

const profiles = ['dev', 'prod', 'default', 'über'] as const;

const lineText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...profiles.flatMap((name) => [`[${name}]`, `[profile ${name}]`, `[profile "${name}"]`]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('[other]', '[a b]', '[x] # note', '[ dev ]', '  [indented]'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'aws_access_key_id = AKIAEXAMPLE',
      'aws_secret_access_key=abc/def+==',
      'region = us-east-1',
      'output: json',
      'role_arn = arn:aws:iam::001234567890:role/x ; note',
      's3 =',
      '  max_concurrent_requests = 20',
      '\tindented = yes',
      'unknown_key = Wert mit \u00fc',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('', '   ', '\t', '# comment', '; other comment', '  # x'),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `k = ${text}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('stray', 'odd = \xff\xfe\xa0') },
);

/** INI-like bytes (latin1) with all line ends, with and without BOM and final newline. */
export const anyAwsFile = fc
  .record({
    bom: fc.constantFrom('', '', '\xef\xbb\xbf'),
    first: fc.constantFrom('[first]', '# top', ''),
    lines: fc.array(fc.tuple(lineText, fc.constantFrom('\n', '\n', '\r\n', '\r')), {
      maxLength: 25,
    }),
    last: fc.option(lineText, { nil: '' }),
  })
  .map(({ bom, first, lines, last }) => {
    const head = first === '[first]' ? '[first]\n' : `${first}\n[first]\n`;
    const text = head + lines.map(([line, end]) => line + end).join('') + last;
    return bom + Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('latin1');
  });

interface Step {
  readonly does: 'write' | 'remove' | 'restart' | 'lock' | 'publish' | 'unpublish';
  readonly session: number;
  /** Whether the profile is published for another session than the one that is written under it. */
  readonly isOfAnother: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    does: fc.constantFrom(
      ...(['write', 'write', 'write', 'remove', 'remove', 'restart', 'lock'] as const),
      ...(['publish', 'publish', 'unpublish'] as const),
    ),
    session: fc.integer({ min: 0, max: profiles.length - 1 }),
    isOfAnother: fc.boolean(),
  }),
  { maxLength: 14 },
);

type ToPublish = Readonly<Record<'sessionId' | 'profileName' | 'region', string>>;

/** The profiles that the config file has more than one section for. */
function repeatedProfiles(text: string): readonly string[] {
  const named = parseAwsFile(text, 'config').sections.flatMap(({ profiles: names }) => names);
  return named
    .filter(
      (name, index) =>
        profiles.some((one) => toLatin1(one) === name) && named.indexOf(name) !== index,
    )
    .sort();
}

/**
 * The file of this kind has its original bytes after all sessions stop and nothing is published, in any order.
 */
export const awsFiles = (kind: AwsFileKind): FuzzTarget => ({
  name: `aws-${kind}-file`,
  inputs: 40,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'stint-delivery-any-'));
    let run = 0;
    return {
      close: () => rm(folder, { recursive: true, force: true }),
      property: fc.asyncProperty(anyAwsFile, steps, async (original, todo) => {
        run += 1;
        // A folder for each run: a journal left by one that failed would fail those after it.
        const home = join(folder, String(run));
        await mkdir(home);
        const file = join(home, kind);
        const scratch = scratchIn(home, { file, configFile: file });
        await scratch.write(original);
        let { delivery } = scratch;
        const active = new Set<string>();
        const published = new Map<string, ToPublish>();
        for (const [turn, { does, session, isOfAnother }] of todo.entries()) {
          const one = target(profiles[session] ?? '', session, kind);
          if (does === 'write') {
            scratch.vault.locked = false;
            await delivery.write(one, credentials(turn), replacing);
            active.add(one.sessionId);
            expect(await delivery.check(one, credentials(turn))).toBe('intact');
          } else if (does === 'remove') {
            await delivery.remove(one);
            active.delete(one.sessionId);
          } else if (does === 'publish' || does === 'unpublish') {
            // The config file alone has profiles that run a program.
            if (kind === 'credentials') continue;
            const { sessionId, profileName, region } = target(
              one.profileName,
              session + (isOfAnother ? 10 : 0),
            );
            // Stint publishes none while the user's own waits to come back (profile-service.ts).
            const obstacle = (await delivery.obstacles([profileName])).get(profileName);
            if (does === 'publish' && obstacle?.includes('comes back') === true) continue;
            if (does === 'unpublish') published.delete(profileName);
            else published.set(profileName, { sessionId, profileName, region });
            const wanted = [...published.values()];
            const planned = await delivery.publish(() => wanted, { dryRun: true });
            expect(await delivery.publish(() => wanted)).toEqual(planned);
            expect(await delivery.publish(() => wanted)).toEqual([]);
            // Fewer are right too: what a session replaces is stashed with all its sections.
            expect(repeatedProfiles(original)).toEqual(
              expect.arrayContaining([...repeatedProfiles((await scratch.bytes()) ?? '')]),
            );
          } else if (does === 'lock') {
            scratch.vault.locked = !scratch.vault.locked;
          } else {
            delivery = scratch.restarted();
            await delivery.sweep((id) => active.has(id));
          }
        }
        scratch.vault.locked = false;
        for (const [session, name] of profiles.entries()) {
          expect(await delivery.remove(target(name, session, kind))).toEqual([]);
        }
        await delivery.publish(() => []);
        expect(await delivery.sweep(() => false)).toEqual([]);
        expect(await scratch.bytes()).toBe(original);
        expect([...scratch.vault.secrets]).toEqual([]);
      }),
    };
  },
});
