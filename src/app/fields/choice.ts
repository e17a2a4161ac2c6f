/** One of several choices. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Distinguishes it from others with the same label. */
  readonly about?: string;
}
