import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemDocument } from '../../src/models/problem.ts';
import { invalidSessions, user, type InvalidRequest } from './invalid-sessions.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
/** The ids behind the names in the paths of the table. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  owner = await scratchApi();
  const { session } = await owner.addUser('anna');
  const idp = await owner.stint.identityProviders.create(
    {
      name: 'corp',
      url: 'https://login.example.com/saml',
    },
    'anna',
  );
  const integration = await owner.stint.integrations.create(
    { kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl: 'https://acme.example/start' },
    'anna',
  );
  const prompt = owner.stint.prompts.post(
    { kind: 'confirm', text: 'Continue?', deadline: Date.now() + 3_600_000 },
    () => Promise.resolve(),
  );
  ids = {
    session: session.sessionId,
    idp: idp.idpId,
    integration: integration.integrationId,
    prompt: prompt.promptId,
  };
});
afterAll(async () => {
  await owner.close();
});

const table: readonly InvalidRequest[] = [
  ...invalidSessions,
  ['GET /v1/sessions?limit=1&limit=2', undefined, [['limit', 'wrong-type', 'must be given once']]],
  [
    'PATCH /v1/sessions/{session}',
    [{ op: 'replace', path: '/region', value: 'eu-north-1' }],
    [['', 'wrong-type', 'must be a JSON merge patch (RFC 7396): an object with the fields']],
  ],
  [
    'PATCH /v1/sessions/{session}',
    { status: 'active', sessionName: null },
    [
      ['sessionName', 'missing', 'cannot be removed: it is required'],
      ['status', 'unknown-field', 'cannot be changed: Stint keeps it itself'],
    ],
  ],
  [
    // The SDKs put it into the name of a host (RFC 1123 §2.1), and refuse a call without saying so.
    'PATCH /v1/sessions/{session}',
    { region: 'eu-' },
    [['region', 'malformed', 'must be a region or location, such as eu-west-1']],
  ],
  [
    'POST /v1/idps',
    { name: 7, url: ['https://corp.example'] },
    [
      ['name', 'wrong-type', 'must be text, not a number'],
      ['url', 'wrong-type', 'must be text, not a list'],
    ],
  ],
  ['GET /v1/sessions?limit=0', undefined, [['limit', 'too-small', 'must be at least 1']]],
  ['GET /v1/sessions?limit=6000', undefined, [['limit', 'too-large', 'must be at most 5000']]],
  ['GET /v1/sessions?limit=many', undefined, [['limit', 'wrong-type', 'must be a number']]],
  [
    'GET /v1/sessions?active=maybe',
    undefined,
    [['active', 'not-an-option', 'must be true or false']],
  ],
  [
    'GET /v1/sessions?activ=true',
    undefined,
    [['activ', 'unknown-field', 'is not a parameter of this route']],
  ],
  [
    `GET /v1/sessions?label=${'x'.repeat(65)}`,
    undefined,
    [['label', 'too-long', 'must have at most 64 characters']],
  ],
  [
    `GET /v1/sessions?label=a&label=${'x'.repeat(65)}`,
    undefined,
    [['label.1', 'too-long', 'must have at most 64 characters']],
  ],
  [
    'GET /v1/sessions?cursor=x',
    undefined,
    [['cursor', 'invalid', 'must be the nextCursor of an earlier page']],
  ],
  [
    'GET /v1/history?from=yesterday&kind=party',
    undefined,
    [
      ['kind', 'not-an-option', 'must be session-created'],
      ['from', 'malformed', 'must be a UTC time, such as 2026-01-31T09:00:00Z'],
    ],
  ],
  [
    'DELETE /v1/integrations/{integration}?sessions=burn',
    undefined,
    [['sessions', 'not-an-option', 'must be keep or remove']],
  ],
  ['POST /v1/integrations', {}, [['kind', 'missing', 'is required']]],
  [
    'POST /v1/integrations',
    { kind: 'awsSso', name: 'acme', startUrl: 'acme', scopes: [''] },
    [
      ['scopes.0', 'too-short', 'must not be empty'],
      ['region', 'missing', 'is required'],
      ['startUrl', 'malformed', 'must be a complete URL, such as https://example.com'],
    ],
  ],
  [
    'PATCH /v1/integrations/{integration}',
    { startUrl: 'http://localhost:x@evil.example/' },
    [['startUrl', 'invalid', 'must be an https URL; http works for this machine only']],
  ],
  [
    'PATCH /v1/integrations/{integration}',
    { startUrl: 'http://localhost@evil.example/', name: null },
    [
      ['name', 'missing', 'cannot be removed: it is required'],
      ['startUrl', 'invalid', 'must be an https URL; http works for this machine only'],
    ],
  ],
  [
    'PATCH /v1/integrations/{integration}',
    { secrets: {} },
    [['secrets', 'invalid', 'must have either clientSecret or clientCertificate']],
  ],
  [
    'POST /v1/integrations/{integration}/login',
    { method: 'telepathy' },
    [['method', 'not-an-option', 'must be browser or device-code']],
  ],
  [
    'POST /v1/idps',
    { name: '', url: 'http://corp.example' },
    [
      ['name', 'too-short', 'must not be empty'],
      ['url', 'invalid', 'must be an https URL; http works for this machine only'],
    ],
  ],
  [
    'PATCH /v1/idps/{idp}',
    { url: null, icon: 1 },
    [
      ['url', 'missing', 'cannot be removed: it is required'],
      ['icon', 'unknown-field', 'is not a known field'],
    ],
  ],
  [
    'PATCH /v1/settings',
    {
      onQuit: 'explode',
      awsConfigFile: '',
      httpProxy: 'http://a:b@proxy.example',
      defaultRegion: null,
    },
    [
      ['defaultRegion', 'missing', 'cannot be removed: it is required'],
      ['onQuit', 'not-an-option', 'must be stop-sessions or keep-sessions'],
      ['awsConfigFile', 'too-short', 'must not be empty'],
      [
        'httpProxy',
        'invalid',
        'must not contain a user name or password; set HTTPS_PROXY in the environment of the agent instead',
      ],
    ],
  ],
  ...['sessions/{session}', 'integrations/{integration}', 'idps/{idp}', 'settings'].flatMap(
    (path) =>
      [['one', 'two'], 'text', null, 7, true].map((body): InvalidRequest => [
        `PATCH /v1/${path}`,
        body,
        [['', 'wrong-type', 'must be a JSON merge patch (RFC 7396): an object with the fields']],
      ]),
  ),
  [
    'PATCH /v1/settings',
    { onQuit: null, tokenKeyDays: null },
    [
      ['onQuit', 'missing', 'cannot be removed: it is required'],
      ['tokenKeyDays', 'missing', 'cannot be removed: it is required'],
    ],
  ],
  ['PATCH /v1/settings', { colour: 'red' }, [['colour', 'unknown-field', 'is not a known field']]],
  [
    'POST /v1/tokens',
    { name: 'a\nb', role: 'king', scopes: ['everything'], expires_in: 31_622_401 },
    [
      ['name', 'malformed', 'must not contain control characters'],
      ['role', 'not-an-option', 'must be owner, operator, viewer, window or credentials'],
      ['scopes.0', 'not-an-option', 'must be sessions:create'],
      ['expires_in', 'too-large', 'must be at most 366 d'],
    ],
  ],
  [
    'POST /v1/tokens',
    { name: 'ci', expires_in: 2_592_001 },
    [['expires_in', 'too-large', 'must be at most 30 d']],
  ],
  [
    'POST /v1/tokens',
    { name: 'owner' },
    [['name', 'invalid', 'must not be “owner”, which is reserved']],
  ],
  [
    'POST /v1/tokens',
    { role: 'credentials' },
    [['sessionId', 'invalid', 'is required for the role credentials']],
  ],
  ['POST /v1/tokens/verify', {}, [['token', 'missing', 'is required']]],
  [
    'POST /v1/prompts/{prompt}',
    {},
    [['', 'malformed', 'must have an answer, or cancel: true, and nothing else']],
  ],
  ['POST /v1/prompts/{prompt}', { answer: '' }, [['answer', 'too-short', 'must not be empty']]],
  [
    'POST /v1/handshake',
    { nonce: 'short' },
    [['nonce', 'malformed', 'must be base64url of at least 16 random bytes']],
  ],
  [
    'POST /v1/handshake',
    {},
    [['', 'malformed', 'must have a nonce, a code, a ticket or a token, and nothing else']],
  ],
];

/** A query, a merged patch and any other body have words of their own. */
function kindOf(method: string, path: string, detail: string) {
  if (path.includes('?')) return { part: 'query', correction: 'parameters and ask again' };
  return method === 'PATCH' && detail.startsWith('The change')
    ? { part: 'change', correction: 'fields and send the change again' }
    : { part: 'request|client token', correction: 'fields and send the request again' };
}

describe('a request that is not valid', () => {
  it.each(table)('%s %j names each wrong field and its rule', async (request, body, expected) => {
    const [method = '', path = ''] = request
      .replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? '')
      .split(' ');
    const answer = await owner.ask(method, path, {
      ...(body === undefined ? {} : { body: typeof body === 'string' ? `"${body}"` : body }),
      headers: { 'if-match': '*' },
    });
    expect(answer.status).toBe(422);
    const { detail, next, errors = [] } = (await answer.json()) as ProblemDocument;
    expect(errors.map(({ field, code }) => [field, code])).toEqual(
      expected.map(([field, code]) => [field, code]),
    );
    for (const [at, [field, , message = '']] of expected.entries()) {
      expect(errors[at]?.message.startsWith(message)).toBe(true);
      expect(detail).toContain(`${field || 'the body'} ${message}`);
    }
    expect(detail).not.toMatch(/expected|received|Invalid|Too (big|small)/);
    const { part, correction } = kindOf(method, path, detail);
    expect(detail).toMatch(new RegExp(`^The (${part}) is not valid: `));
    expect(next).toMatch(new RegExp(`^Correct these ${correction}`));
  });

  it('gives limits and choices as data, so that a client can word them its own way', async () => {
    const answer = await owner.ask('POST', '/v1/sessions', {
      body: { ...user, tokenSeconds: 60, delivery: 'ftp', labels: ['x'.repeat(65)] },
    });
    const { errors } = (await answer.json()) as ProblemDocument;
    expect(errors).toEqual([
      expect.objectContaining({ field: 'labels.0', maximum: 64, unit: 'characters' }),
      expect.objectContaining({
        field: 'delivery',
        choices: ['credentials-file', 'credential-process', 'endpoint-only'],
      }),
      expect.objectContaining({ field: 'tokenSeconds', minimum: 900, unit: 'seconds' }),
    ]);
  });

  it.each(['sessions', 'integrations', 'idps'])(
    'an id in a path of %s that is not known is not found, whatever its form',
    async (resource) => {
      const answer = await owner.ask('GET', `/v1/${resource}/${encodeURIComponent('no such id')}`);
      expect(answer.status).toBe(404);
    },
  );
});
