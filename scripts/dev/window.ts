import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, watch, type FSWatcher } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../programs.ts';
import { Debounce } from './debounce.ts';

const folder = join(root, 'dist', 'window');
const announcement = 'dev-build.json';

/** The window, built again as its files change. */
export class WatchedWindow {
  readonly #child: ChildProcess;
  readonly #files: FSWatcher;

  /** `onBuilt` is called after each build that succeeded; a failed one prints what is wrong. */
  constructor(onBuilt: (since: number) => void) {
    mkdirSync(folder, { recursive: true });
    let [isBuilt, since] = [false, 0];
    const debounce = new Debounce(() => {
      if (isBuilt) onBuilt(since);
    });
    // Says that a build is complete before it writes the files.
    this.#files = watch(folder, (_event, name) => {
      if (name !== announcement) debounce.change();
    });
    const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
    const args = ['build', 'window', '--watch', '--configuration', 'development'];
    this.#child = spawn(process.execPath, [ng, ...args, '--progress=false'], {
      cwd: root,
      env: { ...process.env, NG_CLI_ANALYTICS: 'false' },
      // Ctrl-C at the terminal is for the program that started it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [, seconds] = /bundle generation complete\. \[([\d.]+) seconds\]/.exec(printed) ?? [];
      if (seconds !== undefined) {
        since = performance.now() - Number(seconds) * 1000;
        isBuilt = true;
        debounce.change();
      } else if (printed.includes('bundle generation failed')) console.log(printed);
      else return;
      printed = '';
    });
  }

  end(): void {
    this.#files.close();
    this.#child.kill();
  }
}

/** Tells the pages that are open to load again; `address` lets them in. */
export async function announceBuild(build: number, address: string): Promise<void> {
  await writeFile(join(folder, announcement), JSON.stringify({ build, address }));
}
