/** One thing doctor looked at. `mend` says what to do where it is not well. */
export interface Finding {
  readonly level: 'ok' | 'hint' | 'problem';
  readonly what: string;
  readonly mend?: string;
}

export function ok(what: string): Finding {
  return { level: 'ok', what };
}

/** Not wrong in itself, but it may surprise. */
export function hint(what: string, mend: string): Finding {
  return { level: 'hint', what, mend };
}

export function problem(what: string, mend: string): Finding {
  return { level: 'problem', what, mend };
}
