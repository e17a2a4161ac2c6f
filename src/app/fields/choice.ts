/** Something to choose from. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly about?: string;
}
