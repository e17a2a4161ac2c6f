import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CreatedKey } from '../../practice-cloud/admin-client.ts';
import type { Narrator } from './narrator.ts';
import { run, stint, usersOwnFile, type RunOptions, type Scratch } from './scratch.ts';

/** What the demo reads of a session as the API shows it. */
export interface ShownSession {
  readonly sessionId: string;
  readonly status: string;
  readonly startDateTime: string;
  readonly rotatedAt?: string;
  readonly renewAt?: string;
  readonly credentialsExpireAt?: string;
}

/** What it reads of a question. */
export interface ShownPrompt {
  readonly promptId: string;
  readonly kind: string;
  readonly url?: string;
  readonly code?: string;
}

/** How long something may take that a person would see within a second, in milliseconds. */
const patience = 60_000;

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

  /** Runs `stint`, which has to end with `expected` (0 if omitted), and shows the command. */
  async stint(
    args: readonly string[],
    options: RunOptions & { readonly expected?: number } = {},
  ): Promise<string> {
    this.#narrator.command(['stint', ...args]);
    return await stint(this.#scratch, args, options);
  }

  /** What a program prints that `stint exec` runs with the credentials of a session. */
  async exec(name: string, file: string): Promise<string> {
    this.#narrator.command(['stint', 'exec', name, '--', 'node', fromHere(file)]);
    const printed = await stint(this.#scratch, ['exec', name, '--', process.execPath, file]);
    this.#narrator.saw(printed);
    return printed;
  }

  /** Adds a session of this type; with `keys`, of an IAM user, who has them in the environment. */
  async add(name: string, flags: readonly string[], keys?: CreatedKey): Promise<void> {
    const env =
      keys === undefined
        ? {}
        : { STINT_ACCESS_KEY_ID: keys.accessKeyId, STINT_SECRET_ACCESS_KEY: keys.secretAccessKey };
    const type = keys === undefined ? this.#type : 'awsIamUser';
    const words = ['session', 'add', type, '--name', name, '--region', 'eu-west-1'];
    await this.stint([...words, ...flags], { env });
  }

  async show(name: string): Promise<ShownSession> {
    return JSON.parse(await this.#quietly(['session', 'show', name, '--json'])) as ShownSession;
  }

  /** Answers the question that is open, or will be in a moment. */
  async answer(text: string, isWanted: (prompt: ShownPrompt) => boolean = () => true) {
    const { promptId } = await this.prompt(isWanted);
    await this.stint(['prompt', 'answer', promptId], { input: `${text}\n` });
  }

  /** The question that is open, or will be in a moment. */
  async prompt(isWanted: (prompt: ShownPrompt) => boolean = () => true): Promise<ShownPrompt> {
    return await this.#until('nothing is asked', async () => {
      const listed = await this.#quietly(['prompt', 'list', '--json']);
      return (JSON.parse(listed) as readonly ShownPrompt[]).find(isWanted);
    });
  }

  /** Waits until the session is as wanted, at most until `deadline` in ms since the epoch. */
  async until(
    name: string,
    isWanted: (shown: ShownSession) => boolean,
    deadline?: number,
  ): Promise<ShownSession> {
    return await this.#until(
      `${name} does not change`,
      async () => {
        const shown = await this.show(name);
        return isWanted(shown) ? shown : undefined;
      },
      deadline,
    );
  }

  /** Waits until somebody is signed in to the integration. */
  async untilSignedIn(integration: string): Promise<void> {
    await this.#until(`nobody is signed in to ${integration}`, async () => {
      const shown = await this.#quietly(['integration', 'show', integration, '--json']);
      const { status } = JSON.parse(shown) as { readonly status: string };
      return status === 'logged-in' ? status : undefined;
    });
  }

  /** The names of the sessions of this type, in their order. */
  async names(): Promise<readonly string[]> {
    const list = ['session', 'list', '--type', this.#type, '--sort', 'sessionName', '--json'];
    const sessions = JSON.parse(await this.stint(list)) as readonly {
      readonly sessionName: string;
    }[];
    const names = sessions.map(({ sessionName }) => sessionName);
    this.#narrator.saw(names.join('\n'));
    return names;
  }

  /** Who AWS says it is to a program whose SDK finds credentials by itself. */
  async whoAmI(profile: string): Promise<string> {
    const program = join(import.meta.dirname, 'who-am-i.ts');
    return await this.program(program, { AWS_PROFILE: profile }, [`AWS_PROFILE=${profile}`]);
  }

  /**
   * What a program prints on the scratch computer; throws with its words where it fails. `shown`
   * comes before the command that is shown.
   */
  async program(
    file: string,
    env: NodeJS.ProcessEnv,
    shown: readonly string[] = [],
  ): Promise<string> {
    this.#narrator.command([...shown, 'node', fromHere(file)]);
    const ran = await run(this.#scratch, process.execPath, [file], { env });
    if (ran.code !== 0) {
      this.#narrator.saw(/^\w*Error: .*$/m.exec(ran.stderr)?.[0] ?? 'it failed');
      throw new Error(ran.stderr.trim());
    }
    this.#narrator.saw(ran.stdout);
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

  /** The chain finds nothing, and the file is restored, byte for byte. */
  async stop(name: string, profile: string): Promise<void> {
    await this.stint(['stop', name]);
    await this.isGone(profile);
  }

  async isGone(profile: string): Promise<void> {
    await assert.rejects(this.whoAmI(profile));
    assert.equal(await this.credentialsFile(), usersOwnFile);
  }

  /** Runs `stint` to read what it shows; a person need not see that. */
  async #quietly(args: readonly string[]): Promise<string> {
    this.#narrator.requireGoing();
    return await stint(this.#scratch, args);
  }

  async #until<T>(
    otherwise: string,
    check: () => Promise<T | undefined>,
    deadline = Date.now() + patience,
  ): Promise<T> {
    for (;;) {
      const found = await check();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(otherwise);
      await pause(250);
    }
  }
}

/** A file as it is named in the folder the demo was started in. */
function fromHere(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}
