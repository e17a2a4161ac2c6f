/** What the system runs at login. */
export interface ServiceProgram {
  /** The words that run `stint`. */
  readonly program: readonly string[];
  /** What decides which workspace the agent owns. */
  readonly environment: Readonly<Record<string, string>>;
}
