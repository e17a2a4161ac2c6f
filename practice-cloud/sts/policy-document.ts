import * as z from 'zod';

/*
 * Policies as sessions are limited by them. Source: IAM User Guide "IAM JSON policy elements reference":
 * no principal in a policy of a session.
 */

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore.optional(),
    NotResource: oneOrMore.optional(),
    Condition: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined))
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined));

const policy = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

type Statement = z.output<typeof statement>;

/** The statements of a policy; undefined for what is none. */
export function readPolicy(text: string): readonly Statement[] | undefined {
  try {
    return policy.safeParse(JSON.parse(text)).data?.Statement;
  } catch {
    return undefined;
  }
}

/** Whether the statement is about this action on this resource. Names of actions have no case. */
export function isAbout(
  { Action, NotAction, Resource, NotResource }: Statement,
  action: string,
  resource: string,
): boolean {
  const named = (patterns: readonly string[], text: string) =>
    patterns.some((pattern) => matches(pattern, text));
  const actions = (patterns: readonly string[]) =>
    named(
      patterns.map((pattern) => pattern.toLowerCase()),
      action.toLowerCase(),
    );
  const isAction = Action === undefined ? !actions(NotAction ?? []) : actions(Action);
  const isResource =
    Resource === undefined ? !named(NotResource ?? [], resource) : named(Resource, resource);
  return isAction && isResource;
}

/** `*` and `?` as in the elements Action and Resource. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[$()+.[\\\]^{|}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
