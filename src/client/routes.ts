import type { paths } from './openapi.ts';

/*
 * What the routes take and answer, read off the generated description of the API, so that a client
 * that no longer fits it does not compile.
 */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The operation `method` on `path`; `never` where there is none. */
type Operation<P extends keyof paths, M extends Method> = NonNullable<
  paths[P][Lowercase<M> & keyof paths[P]]
>;

/** The paths that take `M`. */
export type PathFor<M extends Method> = {
  [P in keyof paths]: [Operation<P, M>] extends [never] ? never : P;
}[keyof paths];

interface Json<T> {
  readonly content: { readonly 'application/json': T };
}
type BodyOf<R> = R extends Json<infer T> ? T : undefined;

type Successes<O> = O extends { responses: infer R }
  ? { [S in keyof R & (200 | 201 | 202 | 204)]: BodyOf<R[S]> }[keyof R & (200 | 201 | 202 | 204)]
  : never;

/** The answer to `M` on `P`, of whatever success. */
export type AnswerOf<M extends Method, P extends keyof paths> = Successes<Operation<P, M>>;

type Parameters<O, K extends 'path' | 'query'> = O extends { parameters: infer A }
  ? K extends keyof A
    ? NonNullable<A[K]>
    : never
  : never;

/** The query that `M` on `P` takes. */
export type QueryOf<M extends Method, P extends keyof paths> = Parameters<Operation<P, M>, 'query'>;

/** The body that `M` on `P` takes. */
export type SentBody<M extends Method, P extends keyof paths> =
  Operation<P, M> extends { requestBody?: infer B } ? BodyOf<NonNullable<B>> : never;

type Part<K extends string, T, Required extends boolean> = [T] extends [never]
  ? unknown
  : Required extends true
    ? { readonly [key in K]: T }
    : { readonly [key in K]?: T };

/** What a call of `M` on `P` says beyond that. */
export type CallOptions<M extends Method, P extends keyof paths> = Part<
  'path',
  Parameters<Operation<P, M>, 'path'>,
  true
> &
  Part<'query', QueryOf<M, P>, false> &
  Part<'body', SentBody<M, P>, false> & {
    /** The revision a change is based on; sent as `If-Match`. */
    readonly ifRevision?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  };
