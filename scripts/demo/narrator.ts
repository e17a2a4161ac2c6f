/** How a person calls what the API calls `awsIamUser` and so on. */
const titles: Readonly<Record<string, string>> = {
  awsIamUser: 'An AWS IAM user',
  awsIamRoleFederated: 'An AWS role behind a SAML identity provider',
  awsIamRoleChained: 'AWS roles, each assumed with the one before it',
  awsSsoRole: 'AWS IAM Identity Center',
  azure: 'Azure subscriptions',
};

/**
 * Tells what the demo does and counts its steps. For a person it shows each command that is run and
 * what came of it; as a test it prints one line a step.
 */
export class Narrator {
  readonly #isTest: boolean;
  #type = '';
  #passed = 0;
  #failed = 0;
  #isOver = false;

  constructor({ isTest }: { readonly isTest: boolean }) {
    this.#isTest = isTest;
  }

  /** The person has had enough: nothing more is run, said or counted. */
  interrupt(): void {
    this.#isOver = true;
  }

  /** Runs one step; a step that throws has failed, and the next ones are still tried. */
  async step(type: string, what: string, prove: () => Promise<void>): Promise<void> {
    if (this.#isOver) return;
    if (!this.#isTest) {
      if (type !== this.#type) console.log(`\n── ${titles[type] ?? type}`);
      console.log(`\n${what}`);
    }
    this.#type = type;
    try {
      await prove();
      this.#passed += 1;
      console.log(this.#isTest ? `ok ${type} ${what}` : '  ✓');
    } catch (error) {
      if (this.#wasInterrupted()) return;
      this.#failed += 1;
      console.log(this.#isTest ? `not ok ${type} ${what}` : '  ✗ this failed');
      console.error(`  ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A command that is run now, as it would be typed. Throws after an interruption. */
  command(words: readonly string[]): void {
    this.requireGoing();
    if (!this.#isTest) console.log(`  $ ${words.map(typed).join(' ')}`);
  }

  /** What it printed. */
  saw(text: string): void {
    if (this.#isTest) return;
    for (const line of text.trim().split('\n')) console.log(`    ${line}`);
  }

  #wasInterrupted(): boolean {
    return this.#isOver;
  }

  /** Throws after an interruption. */
  requireGoing(): void {
    if (this.#isOver) throw new Error('interrupted');
  }

  /** The last line; the number of steps that failed. */
  finish(): number {
    if (this.#isOver) return 1;
    if (!this.#isTest) console.log();
    console.log(`main job: ${this.#passed} steps passed, ${this.#failed} failed`);
    return this.#failed;
  }
}

/** A word as a POSIX shell takes it. */
export function typed(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
