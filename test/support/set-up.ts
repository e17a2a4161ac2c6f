import fc from 'fast-check';
import type { IdentityProvider } from '../../src/models/identity-provider.ts';
import type { Integration } from '../../src/models/integration.ts';
import type { SessionFields } from '../../src/models/session-fields.ts';
import type { Session } from '../../src/models/session.ts';
import { newSession } from '../../src/services/sessions/session-record.ts';

/** Everything that a person sets up. */
export interface SetUp {
  readonly sessions: readonly Session[];
  readonly integrations: readonly Integration[];
  readonly identityProviders: readonly IdentityProvider[];
}

const now = Date.parse('2026-11-20T12:00:00.000Z');

/** Few names, so that several things often have the same; some that YAML could take for something else. */
const name = fc.constantFrom(
  ...[
    'payments',
    'Payments / Admin',
    'zürich – 東京',
    'yes',
    '0123',
    '1e3',
    'null',
    '- a: b',
    '#x',
    "it's",
  ],
  ...['"quoted"', 'a #2', '{a}', 'key: value', '~', '&a', '*a', '!t', '%', '@', '`', '|', '>'],
);
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((one) => (one === undefined ? {} : { [key]: one }));
const joined = (...parts: readonly fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);

const every = joined(
  fc.record({ sessionName: name, region: fc.constantFrom('eu-west-1', 'us-east-1') }),
  optional('labels', fc.uniqueArray(name, { minLength: 1, maxLength: 3 })),
  optional('environment', name),
  optional(
    'limits',
    fc.record(
      {
        maxLeases: fc.integer({ min: 1, max: 9 }),
        maxSessionSeconds: fc.integer({ min: 1, max: 99 }),
      },
      { requiredKeys: ['maxLeases'] },
    ),
  ),
  optional('onDemand', fc.boolean()),
);
const everyAws = joined(
  every,
  fc.record({ profileName: fc.constantFrom('default', 'dev', 'prod-1') }),
);
const account = fc.constantFrom('000123456789', '123456789012', '447109328810');
const role = account.map((id) => `arn:aws:iam::${id}:role/team/Audit`);

type Draft = (setUp: SetUp) => fc.Arbitrary<object> | undefined;
const kinds: readonly Draft[] = [
  () =>
    joined(
      everyAws,
      fc.record({ type: fc.constant('awsIamUser') }),
      optional('mfaSerial', fc.constant('arn:aws:iam::123456789012:mfa/anna')),
      optional('tokenSeconds', fc.integer({ min: 900, max: 129_600 })),
    ),
  ({ identityProviders }) =>
    identityProviders.length === 0
      ? undefined
      : joined(
          everyAws,
          fc.record({
            type: fc.constant('awsIamRoleFederated'),
            idpId: fc.constantFrom(...identityProviders.map(({ idpId }) => idpId)),
            idpArn: account.map((id) => `arn:aws:iam::${id}:saml-provider/Okta`),
            roleArn: role,
          }),
        ),
  ({ sessions }) => {
    const parents = sessions.filter(({ type }) => type !== 'azure');
    return parents.length === 0
      ? undefined
      : joined(
          everyAws,
          fc.record({
            type: fc.constant('awsIamRoleChained'),
            parentSessionId: fc.constantFrom(...parents.map(({ sessionId }) => sessionId)),
            roleArn: role,
            roleSessionName: fc.constantFrom('anna', 'ben'),
          }),
          optional('externalId', fc.constantFrom('1234567', 'a:b', '0x1F')),
          optional(
            'tags',
            fc.dictionary(
              fc.constantFrom('b', 'a', 'on', '1'),
              fc.string({ unit: 'grapheme', maxLength: 12 }),
              { minKeys: 1 },
            ),
          ),
          optional('policy', fc.constantFrom('{"Version":"2012-10-17"}', '{\n  "a": 1\n}\n')),
        );
  },
  ({ integrations }) => {
    const own = integrations.filter(({ kind }) => kind === 'awsSso');
    return own.length === 0
      ? undefined
      : joined(
          everyAws,
          fc.record({
            type: fc.constant('awsSsoRole'),
            integrationId: fc.constantFrom(...own.map(({ integrationId }) => integrationId)),
            accountId: account,
            accountName: name,
            roleName: fc.constantFrom('Admin', 'ReadOnly'),
          }),
        );
  },
  ({ integrations }) => {
    const own = integrations.filter(({ kind }) => kind === 'azure');
    return own.length === 0
      ? undefined
      : joined(
          every,
          fc.record({
            type: fc.constant('azure'),
            integrationId: fc.constantFrom(...own.map(({ integrationId }) => integrationId)),
            tenantId: fc.constant('7f9e2c30-1f5b-4d8a-9d1e-2a3b4c5d6e7f'),
            subscriptionId: fc.uuid(),
            subscriptionName: name,
          }),
        );
  },
];

const integrations = fc
  .array(fc.record({ name, isAzure: fc.boolean() }), { maxLength: 4 })
  .map((all) =>
    all.map(({ name: given, isAzure }, index): Integration => {
      const kept = {
        integrationId: crypto.randomUUID(),
        status: 'logged-out' as const,
        name: given,
      };
      return isAzure
        ? { ...kept, kind: 'azure', tenantId: `t${index}.example` }
        : {
            ...kept,
            kind: 'awsSso',
            region: 'eu-west-1',
            startUrl: `https://a${index}.awsapps.com/start`,
          };
    }),
  );
const identityProviders = fc.array(name, { maxLength: 3 }).map((names) =>
  names.map((given, index) => ({
    idpId: crypto.randomUUID(),
    name: given,
    url: `https://idp${index}.example`,
  })),
);

/** Any set-up: sessions of all types that refer to what is there, many with the same names. */
export const anySetUp: fc.Arbitrary<SetUp> = fc
  .tuple(integrations, identityProviders, fc.array(fc.nat(), { maxLength: 8 }))
  .chain(([ownIntegrations, ownProviders, choices]) =>
    choices.reduce<fc.Arbitrary<SetUp>>(
      (before, choice) =>
        before.chain((setUp) => {
          const possible = kinds.flatMap((kind) => kind(setUp) ?? []);
          const fields = possible[choice % possible.length] ?? fc.constant({});
          return fields.map((own) => ({
            ...setUp,
            sessions: [
              ...setUp.sessions,
              newSession(own as SessionFields, { sessions: setUp.sessions, now }),
            ],
          }));
        }),
      fc.constant({ sessions: [], integrations: ownIntegrations, identityProviders: ownProviders }),
    ),
  );

/** The same set-up on another machine: other ids, another order. */
export function onAnotherMachine({
  sessions,
  integrations: own,
  identityProviders: idps,
}: SetUp): SetUp {
  const ids = new Map<string, string>();
  const other = (id: string) => {
    const known = ids.get(id) ?? crypto.randomUUID();
    ids.set(id, known);
    return known;
  };
  const renamed = (text: string) =>
    text.replaceAll(
      /"(sessionId|parentSessionId|integrationId|idpId)":"([^"]+)"/g,
      (_, key: string, id: string) => `"${key}":"${other(id)}"`,
    );
  const copy = <T>(things: readonly T[]) =>
    JSON.parse(renamed(JSON.stringify(things.toReversed()))) as T[];
  return { sessions: copy(sessions), integrations: copy(own), identityProviders: copy(idps) };
}
