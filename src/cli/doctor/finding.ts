/** One thing that doctor checked. `fix` says what to do about a hint or a problem. */
export interface Finding {
  readonly level: 'ok' | 'hint' | 'problem';
  readonly what: string;
  readonly fix?: string;
}

export function ok(what: string): Finding {
  return { level: 'ok', what };
}

/** Not wrong in itself, but it may surprise. */
export function hint(what: string, fix: string): Finding {
  return { level: 'hint', what, fix };
}

export function problem(what: string, fix: string): Finding {
  return { level: 'problem', what, fix };
}
