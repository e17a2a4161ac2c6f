/** Prints each step as it is proven, and counts. */
export class Narrator {
  #passed = 0;
  #failed = 0;

  /** Runs one step; a step that throws has failed, and the next ones are still tried. */
  async step(type: string, what: string, prove: () => Promise<void>): Promise<void> {
    try {
      await prove();
      this.#passed += 1;
      console.log(`ok ${type} ${what}`);
    } catch (error) {
      this.#failed += 1;
      console.log(`not ok ${type} ${what}`);
      console.error(`  ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The last line; the number of failures is what the process ends with. */
  finish(): number {
    console.log(`main job: ${this.#passed} steps passed, ${this.#failed} failed`);
    return this.#failed;
  }
}
