import fc from 'fast-check';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createAwsCredentialsDelivery } from '../../../src/services/delivery/aws-credentials/delivery.ts';
import type { AwsFileKind, ProfileTarget } from '../../../src/services/delivery/delivery.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import {
  credentials,
  OpenVault,
  processLine,
  replacing,
  target,
  withoutReplacing,
} from '../scratch-delivery.ts';
import { anyAwsFile } from './aws-files.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** Two sessions for each of two profiles: of those, one takes the place of the other. */
const profiles = ['dev', 'dev', 'default', 'default'] as const;

const files = ['credentials', 'config', 'elsewhere'] as const;
type File = (typeof files)[number];

const start = (kind: AwsFileKind) => ({ does: 'start', kind }) as const;

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      start('credentials'),
      start('credentials'),
      start('config'),
      start('config'),
      ...(['renew', 'renew', 'stop', 'stop', 'restart', 'lock', 'move', 'publish'] as const).map(
        (does) => ({ does }),
      ),
    ),
    session: fc.integer({ min: 0, max: profiles.length - 1 }),
  }),
  { maxLength: 14 },
);

const anyFile = fc.oneof(
  { weight: 4, arbitrary: anyAwsFile },
  fc.constant(undefined),
  fc.constant(''),
);

const input = fc.record({
  credentials: anyFile,
  config: anyFile,
  /** Where the settings move the credentials file: without a profile that is in the way. */
  elsewhere: fc.constantFrom(undefined, '', '# mine', '[other]\r\nregion = eu-west-1\r\n\r\n'),
  inPlace: fc.boolean(),
  todo: steps,
});

/**
 * Both files have their original bytes after all sessions stop, whichever of them each was delivered to, where
 * another session took its place, and where the settings named another file meanwhile.
 */
export const awsHome: FuzzTarget = {
  name: 'aws-home',
  inputs: 40,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'stint-aws-home-'));
    let run = 0;
    return {
      close: () => rm(folder, { recursive: true, force: true }),
      property: fc.asyncProperty(input, async ({ todo, inPlace, ...originals }) => {
        run += 1;
        const home = new AwsHome(join(folder, String(run)), inPlace);
        await home.write(originals);
        for (const { what, session } of todo) {
          if (what.does === 'start') await home.start(session, what.kind);
          else await home[what.does](session);
        }
        await home.stopAll();
        // Stint empties a file that it made and that is written in place (settings.ts).
        const expected = (text: string | undefined) => (inPlace ? (text ?? '') : text);
        for (const name of files) {
          const now = await home.text(name);
          expect([name, inPlace ? (now ?? '') : now]).toEqual([name, expected(originals[name])]);
        }
        expect([...home.vault.secrets]).toEqual([]);
      }),
    };
  },
};

class AwsHome {
  readonly vault = new OpenVault();
  readonly #folder: string;
  readonly #inPlace: boolean;
  readonly #active = new Map<number, ProfileTarget>();
  readonly #published = new Set<number>();
  #isMoved = false;
  #turn = 0;
  #delivery;

  constructor(folder: string, inPlace: boolean) {
    this.#folder = folder;
    this.#inPlace = inPlace;
    this.#delivery = this.#open();
  }

  async write(contents: Readonly<Record<File, string | undefined>>): Promise<void> {
    await mkdir(this.#folder);
    for (const name of files) {
      const text = contents[name];
      if (text !== undefined) await writeFile(this.#pathOf(name), text, 'latin1');
    }
  }

  /** Undefined where there is no file. */
  async text(name: File): Promise<string | undefined> {
    return await readFile(this.#pathOf(name), 'latin1').catch(() => undefined);
  }

  /** One that is active keeps its delivery; one of the same profile ends. */
  async start(session: number, kind: AwsFileKind): Promise<void> {
    if (this.#active.has(session)) return;
    this.vault.locked = false;
    const one = target(profiles[session] ?? '', session, kind);
    const others = [...this.#active].filter(
      ([, { profileName }]) => profileName === one.profileName,
    );
    const supersedes = others.map(([, { sessionId }]) => sessionId);
    await this.#write(one, { ...replacing, supersedes });
    for (const [number] of others) this.#active.delete(number);
    this.#active.set(session, one);
    for (const id of supersedes) await this.#expectNothingOf(id);
  }

  async renew(session: number): Promise<void> {
    const one = this.#active.get(session);
    if (one !== undefined) await this.#write(one, withoutReplacing);
  }

  async stop(session: number): Promise<void> {
    const one = this.#active.get(session) ?? target(profiles[session] ?? '', session);
    await this.#delivery.remove({ ...one, kind: 'credentials' });
    this.#active.delete(session);
    await this.#expectNothingOf(one.sessionId);
  }

  async restart(): Promise<void> {
    this.#delivery = this.#open();
    await this.#sweep();
  }

  lock(): Promise<void> {
    this.vault.locked = !this.vault.locked;
    return Promise.resolve();
  }

  /** As a change of the settings does: every active session is written where they name now. */
  async move(): Promise<void> {
    this.vault.locked = false;
    this.#isMoved = !this.#isMoved;
    for (const one of this.#active.values()) await this.#write(one, replacing);
  }

  async publish(session: number): Promise<void> {
    const profileName = profiles[session] ?? '';
    const obstacle = (await this.#delivery.obstacles([profileName])).get(profileName);
    if (obstacle?.includes('comes back') === true) return;
    if (!this.#published.delete(session)) this.#published.add(session);
    await this.#publish([...this.#published]);
  }

  async stopAll(): Promise<void> {
    this.vault.locked = false;
    for (const session of profiles.keys()) await this.stop(session);
    await this.#publish([]);
    expect(await this.#sweep()).toEqual([]);
  }

  async #publish(sessions: readonly number[]): Promise<void> {
    const ofProfile = new Map(sessions.map((session) => [profiles[session] ?? '', session]));
    await this.#delivery.publish(() =>
      [...ofProfile].map(([name, session]) => {
        const { sessionId, profileName, region } = target(name, session);
        return { sessionId, profileName, region };
      }),
    );
  }

  async #write(one: ProfileTarget, options: typeof replacing): Promise<void> {
    this.#turn += 1;
    await this.#delivery.write(one, credentials(this.#turn), options);
    expect(await this.#delivery.check(one, credentials(this.#turn))).toBe('intact');
  }

  async #sweep() {
    const active = new Set([...this.#active.values()].map(({ sessionId }) => sessionId));
    return await this.#delivery.sweep((id) => active.has(id));
  }

  #open() {
    return createAwsCredentialsDelivery({
      credentialsFile: () => this.#pathOf(this.#isMoved ? 'elsewhere' : 'credentials'),
      configFile: () => this.#pathOf('config'),
      writesInPlace: () => this.#inPlace,
      journalFile: join(this.#folder, 'cleanup.json'),
      secrets: this.vault,
      processLine,
      clock: systemClock,
    });
  }

  async #expectNothingOf(sessionId: string): Promise<void> {
    for (const name of files) {
      expect((await this.text(name)) ?? '').not.toContain(`Stint session ${sessionId}`);
    }
  }

  #pathOf(name: File): string {
    return join(this.#folder, `${name}-file`);
  }
}
