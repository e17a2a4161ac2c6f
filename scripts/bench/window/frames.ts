/** The times between frames, in milliseconds, from the times at which they started. */
export function intervals(starts: readonly number[]): readonly number[] {
  return starts.slice(1).map((start, index) => start - (starts[index] ?? start));
}
