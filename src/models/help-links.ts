/** Public pages of Stint, from package.json; one that it does not name is offered nowhere. */
export interface HelpLinks {
  readonly guide?: string;
  /** Where problems are reported. */
  readonly problems?: string;
}
