import { fieldsOfEveryType } from '../support/sessions.ts';

export const user = fieldsOfEveryType.awsIamUser;
const chained = fieldsOfEveryType.awsIamRoleChained;
const without = (fields: object, name: string) =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

/** Request, body, and for each wrong field its name, code and message. */
export type InvalidRequest = readonly [
  request: string,
  body: unknown,
  errors: readonly (readonly string[])[],
];

/** Sessions that cannot be made, replaced, changed or used like this. */
export const invalidSessions: readonly InvalidRequest[] = [
  ['POST /v1/sessions', {}, [['type', 'missing', 'is required']]],
  [
    'POST /v1/sessions',
    { type: 'gcp' },
    [
      [
        'type',
        'not-an-option',
        'must be awsIamUser, awsIamRoleFederated, awsIamRoleChained, awsSsoRole or azure',
      ],
    ],
  ],
  ['POST /v1/sessions', [], [['', 'wrong-type', 'must be a JSON object']]],
  ['POST /v1/sessions', without(user, 'sessionName'), [['sessionName', 'missing', 'is required']]],
  [
    'POST /v1/sessions',
    { ...user, sessionName: ' ', region: 5, pinned: 'yes' },
    [
      ['sessionName', 'too-short', 'must not be empty'],
      ['region', 'wrong-type', 'must be text'],
      ['pinned', 'wrong-type', 'must be true or false'],
    ],
  ],
  [
    'POST /v1/sessions',
    { ...user, sessionName: 'x'.repeat(129), labels: Array(51).fill('x'), colour: 'red' },
    [
      ['sessionName', 'too-long', 'must have at most 128 characters'],
      ['labels', 'too-many', 'must have at most 50 entries'],
      ['colour', 'unknown-field', 'is not a known field'],
    ],
  ],
  [
    'POST /v1/sessions',
    { ...user, tokenSeconds: 129_601, limits: { idleSeconds: 60 }, delivery: 'ftp' },
    [
      ['limits.idleSeconds', 'too-small', 'must be at least 15 min'],
      [
        'delivery',
        'not-an-option',
        'must be credentials-file, credential-process or endpoint-only',
      ],
      ['tokenSeconds', 'too-large', 'must be at most 1 d 12 h'],
    ],
  ],
  [
    'POST /v1/sessions',
    { ...user, validUntil: 'tomorrow', region: 'x y' },
    [
      ['region', 'malformed', 'must be a region or location, such as eu-west-1'],
      ['validUntil', 'malformed', 'must be a UTC time, such as 2026-01-31T09:00:00Z'],
    ],
  ],
  [
    'POST /v1/sessions',
    { ...user, secrets: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '' } },
    [['secrets.secretAccessKey', 'too-short', 'must not be empty']],
  ],
  [
    'POST /v1/sessions',
    { ...user, expires_in: 0 },
    [['expires_in', 'too-small', 'must be at least 1 s']],
  ],
  [
    'POST /v1/sessions',
    { ...user, expires_in: 60, validUntil: '2036-01-31T09:00:00Z' },
    [['expires_in', 'invalid', 'must not come together with validUntil, which says the same']],
  ],
  [
    'POST /v1/sessions',
    { ...chained, roleArn: 'arn:aws:s3:::bucket', roleSeconds: 60 },
    [
      [
        'roleArn',
        'invalid',
        'must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/path/Name',
      ],
      ['roleSeconds', 'too-small', 'must be at least 15 min'],
    ],
  ],
  [
    'PUT /v1/sessions/{session}',
    { ...user, region: undefined, labels: 'x' },
    [
      ['region', 'missing', 'is required'],
      ['labels', 'wrong-type', 'must be a list'],
    ],
  ],
  [
    'PATCH /v1/sessions/{session}',
    { region: null, tokenSeconds: 1.5 },
    [
      ['region', 'missing', 'cannot be removed: it is required'],
      ['tokenSeconds', 'wrong-type', 'must be a whole number'],
    ],
  ],
  ['PATCH /v1/sessions/{session}', 'text', [['', 'wrong-type', 'must be a JSON merge patch']]],
  [
    'PATCH /v1/sessions/{session}',
    { secrets: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } },
    [['secrets.secretAccessKey', 'missing', 'is required']],
  ],
  [
    'POST /v1/sessions/{session}/start',
    { replaceSection: 'yes' },
    [['replaceSection', 'wrong-type', 'must be true or false']],
  ],
  [
    'POST /v1/sessions/{session}/leases',
    { kind: 'forever', process: '/bin/sh', pid: 0 },
    [
      ['kind', 'not-an-option', 'must be exec, endpoint or credential-process'],
      ['process', 'malformed', 'must be the name of a program without its folder'],
      ['pid', 'too-small', 'must be at least 1'],
    ],
  ],
  ['POST /v1/sessions/{session}/leases', {}, [['kind', 'missing', 'is required']]],
];
