/** The system's code of a failed call, such as ENOENT; undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
