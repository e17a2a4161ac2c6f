import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Narrator } from './narrator.ts';
import { run, stint, usersOwnFile, type Scratch } from './scratch.ts';

/** What the demo reads of a session as the API shows it. */
export interface Shown {
  readonly sessionId: string;
  readonly status: string;
  readonly startDateTime: string;
  readonly rotatedAt?: string;
  readonly credentialsExpireAt?: string;
}

export interface Asked {
  readonly promptId: string;
  readonly kind: string;
  readonly url?: string;
  readonly code?: string;
}

/** Where the sessions of one type are shown: a person at the scratch computer, and what they see. */
export class Stage {
  readonly #narrator: Narrator;
  readonly #scratch: Scratch;
  readonly #type: string;

  constructor(narrator: Narrator, scratch: Scratch, type: string) {
    this.#narrator = narrator;
    this.#scratch = scratch;
    this.#type = type;
  }

  async step(what: string, prove: () => Promise<void>): Promise<void> {
    await this.#narrator.step(this.#type, what, prove);
  }

  /** Runs `stint`; `expected`: what it ends with, 0 where left out. */
  async stint(
    args: readonly string[],
    options: { readonly input?: string; readonly expected?: number } = {},
  ): Promise<string> {
    return await stint(this.#scratch, args, options);
  }

  /** Adds a session of this type, secrets and all; its id. */
  async add(session: object): Promise<string> {
    const input = JSON.stringify({ type: this.#type, region: 'eu-west-1', ...session });
    return (await this.stint(['session', 'add', '--from-json', '-'], { input })).trim();
  }

  async show(name: string): Promise<Shown> {
    return JSON.parse(await this.stint(['session', 'show', name, '--json'])) as Shown;
  }

  /** The question that is open, or will be in a moment. */
  async asked(isWanted: (prompt: Asked) => boolean = () => true): Promise<Asked> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const { items } = JSON.parse(await this.stint(['prompt', 'list', '--json'])) as {
        readonly items: readonly Asked[];
      };
      const prompt = items.find(isWanted);
      if (prompt !== undefined) return prompt;
      if (Date.now() > deadline) throw new Error('nothing is asked');
      await pause(250);
    }
  }

  /** Waits, for at most `seconds`, until the session is as wanted. */
  async until(name: string, wanted: (shown: Shown) => boolean, seconds = 20): Promise<Shown> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const shown = await this.show(name);
      if (wanted(shown)) return shown;
      if (Date.now() > deadline) throw new Error(`${name} is ${shown.status}`);
      await pause(250);
    }
  }

  /** Waits until somebody is signed in to the integration. */
  async untilSignedIn(integration: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const shown = await this.stint(['integration', 'show', integration, '--json']);
      const { status } = JSON.parse(shown) as { readonly status: string };
      if (status === 'logged-in') return;
      if (Date.now() > deadline) throw new Error(`the integration is ${status}`);
      await pause(250);
    }
  }

  /** The names of the sessions of this type, in their order. */
  async names(): Promise<readonly string[]> {
    const { items } = JSON.parse(
      await this.stint([
        'session',
        'list',
        '--type',
        this.#type,
        '--sort',
        'sessionName',
        '--json',
      ]),
    ) as { readonly items: readonly { readonly sessionName: string }[] };
    return items.map(({ sessionName }) => sessionName);
  }

  /** Who AWS says it is to a program whose SDK finds credentials by itself. */
  async whoAmI(profile: string): Promise<string> {
    const program = join(import.meta.dirname, 'who-am-i.ts');
    return await this.program(program, { AWS_PROFILE: profile });
  }

  /** What a program prints on the scratch computer; throws with its words where it fails. */
  async program(file: string, env: NodeJS.ProcessEnv): Promise<string> {
    const ran = await run(this.#scratch, process.execPath, [file], { env });
    if (ran.code !== 0) throw new Error(ran.stderr.trim());
    return ran.stdout.trim();
  }

  async credentialsFile(): Promise<string> {
    return await readFile(this.#scratch.credentialsFile, 'latin1');
  }

  /** Fresh credentials take the place of the old ones, and are still the same person's. */
  async rotate(name: string, profile: string, who: string): Promise<void> {
    const before = await this.credentialsFile();
    await this.stint(['rotate', name]);
    assert.notEqual(await this.credentialsFile(), before);
    assert.equal(await this.whoAmI(profile), who);
  }

  /** The chain finds nothing, and the file is as it was, byte for byte. */
  async stop(name: string, profile: string): Promise<void> {
    await this.stint(['stop', name]);
    await this.isGone(profile);
  }

  async isGone(profile: string): Promise<void> {
    await assert.rejects(this.whoAmI(profile));
    assert.equal(await this.credentialsFile(), usersOwnFile);
  }
}
