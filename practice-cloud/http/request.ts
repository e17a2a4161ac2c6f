/** A request as it came over the wire: signatures cover bytes, so nothing is normalised yet. */
export interface HttpRequest {
  readonly method: string;
  /** The path, still percent-encoded. */
  readonly path: string;
  /** What follows `?`, still percent-encoded; `''` without one. */
  readonly query: string;
  /** In the order received; a name may come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Every value of a header, in the order received. */
export function headerValues(request: HttpRequest, name: string): readonly string[] {
  return request.headers
    .filter(([candidate]) => candidate.toLowerCase() === name)
    .map(([, value]) => value);
}
