import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { context, type BuildContext } from 'esbuild';
import { programs, replaceProgram, root } from '../programs.ts';
import { Debounce } from './debounce.ts';

/** Everything but the window, which has its own builder. */
const folders = ['agent', 'api', 'cli', 'client', 'models', 'services'];

/** What the agent consists of, with the maps of its sources. */
const agentPrograms = /(agent|keychain-child)\.cjs(\.map)?$/;

/** The command and the agent, built again as their files change. */
export class WatchedPrograms {
  readonly #builds: readonly BuildContext<{ write: false }>[];
  readonly #watchers: readonly FSWatcher[];
  #built = '';
  #agentBuilt = '';
  #building: Promise<boolean> = Promise.resolve(false);

  private constructor(
    builds: readonly BuildContext<{ write: false }>[],
    onBuilt: (since: number) => void,
  ) {
    this.#builds = builds;
    const debounce = new Debounce((since) => {
      void this.#build().then((isNew) => {
        if (isNew) onBuilt(since);
      });
    });
    this.#watchers = folders.map((folder) =>
      watch(join(root, 'src', folder), { recursive: true }, () => {
        debounce.change();
      }),
    );
  }

  /** Builds them; `onBuilt` is called after each later build that made a new agent. */
  static async start(onBuilt: (since: number) => void): Promise<WatchedPrograms> {
    // The practice cloud runs from its sources.
    const wanted = programs.filter(({ outfile }) => outfile?.includes('practice-cloud') !== true);
    const watched = new WatchedPrograms(
      await Promise.all(wanted.map((program) => context(program))),
      onBuilt,
    );
    if (!(await watched.#build())) throw new Error('The programs could not be built.');
    return watched;
  }

  async end(): Promise<void> {
    for (const watcher of this.#watchers) watcher.close();
    // esbuild fails when it is taken down in the middle of a build.
    await this.#building;
    await Promise.all(this.#builds.map((build) => build.dispose()));
  }

  /** Whether that made a new agent: the command alone needs no restart. esbuild prints what is wrong. */
  #build(): Promise<boolean> {
    this.#building = this.#building.then(() => this.#rebuild());
    return this.#building;
  }

  async #rebuild(): Promise<boolean> {
    try {
      const results = await Promise.all(this.#builds.map((build) => build.rebuild()));
      const files = results.flatMap(({ outputFiles }) => outputFiles);
      const built = files.map(({ hash }) => hash).join();
      if (built === this.#built) return false;
      await Promise.all(files.map(replaceProgram));
      this.#built = built;
      const ofAgent = files.filter(({ path }) => agentPrograms.test(path));
      const agentBuilt = ofAgent.map(({ hash }) => hash).join();
      if (agentBuilt === this.#agentBuilt) return false;
      this.#agentBuilt = agentBuilt;
      return true;
    } catch {
      return false;
    }
  }
}
