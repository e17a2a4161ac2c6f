import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mark } from './client.ts';

/** Longest time for an answer: a client that retries for minutes counts as one that has none. */
const patience = 90_000;

export interface Answer {
  readonly text: string;
  /** What it printed on standard error meanwhile. */
  readonly warnings: string;
}

/** A program under a delivery that answers again and again; see `client.ts` for how. */
export class Asker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #lines: string[] = [];
  #warnings = '';
  #answered = (): void => undefined;

  constructor(line: readonly string[], env: NodeJS.ProcessEnv, cwd: string) {
    const [program = '', ...args] = line;
    this.#child = spawn(program, args, { env, cwd, stdio: 'pipe', detached: true });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#warnings += text));
    this.#child.stdin?.on('error', () => undefined);
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (text) => {
        this.#lines.push(text);
        if (text.startsWith(mark)) this.#answered();
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', ({ message }) => {
        this.#warnings += message;
        resolve();
      });
      this.#child.once('close', () => resolve());
    });
  }

  /** Its answer now; what it printed until then where it ended, or does not answer in time. */
  async ask(): Promise<Answer> {
    [this.#lines, this.#warnings] = [[], this.#child.exitCode === null ? '' : this.#warnings];
    const answered = new Promise<void>((resolve) => (this.#answered = resolve));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    this.#child.stdin?.write('who\n');
    await Promise.race([answered, this.#ended, late]);
    clearTimeout(timer);
    const text = this.#lines.filter((line) => !line.startsWith(mark)).join('\n');
    return { text, warnings: this.#warnings };
  }

  /** Ends it and what it started. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    const { pid, exitCode } = this.#child;
    if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGTERM');
    await this.#ended;
  }
}
