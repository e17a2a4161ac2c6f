import type { Prompt, Session } from '../connection/owner-client.ts';

/* What the page of components shows. */

const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
const soon = new Date(Date.now() + 240_000).toISOString();
const earlier = new Date(Date.now() - 5_400_000).toISOString();

function session(sessionName: string, more: object = {}): Session {
  const [accountName = '', roleName = ''] = sessionName.split(' / ');
  return {
    type: 'awsSsoRole',
    sessionId: sessionName,
    sessionName,
    profileName: sessionName.replace(' / ', '-'),
    integrationId: 'acme',
    accountId: '447109328810',
    accountName,
    roleName,
    region: 'eu-west-1',
    status: 'inactive',
    startDateTime: '',
    duration: 3600,
    createdAt: earlier,
    revision: 1,
    labels: [],
    pinned: false,
    limits: {},
    actions: [],
    delivery: 'credentials-file',
    deliveryIsDefault: true,
    ...more,
  } as unknown as Session;
}

const started = { startDateTime: earlier, run: { id: 'run', startedAt: earlier } };

/** A session in every state, by what it shows. */
export const exampleSessions: readonly (readonly [string, Session])[] = [
  ['never started', session('sandbox / ReadOnly')],
  [
    'active, renewed by itself',
    session('orders-staging / Operator', {
      ...started,
      environment: 'staging',
      ...{ status: 'active', credentialsExpireAt: inAnHour, renewAt: inAnHour },
    }),
  ],
  [
    'active, ends soon',
    session('payments-prod / Operator', {
      ...{ ...started, run: { ...started.run, endsAt: soon } },
      ...{ environment: 'production', pinned: true },
      ...{ status: 'active', credentialsExpireAt: soon },
    }),
  ],
  [
    'starting',
    session('lab / Operator', { ...started, status: 'pending', environment: 'development' }),
  ],
  [
    'failed',
    session('billing-prod / Billing', {
      ...{ environment: 'production', startDateTime: earlier },
      lastEnd: {
        reason: 'failed',
        at: earlier,
        message: 'AWS denied the role.',
        next: 'Check the assignments of the account.',
      },
    }),
  ],
  ['no longer available', session('retired / Operator', { vanishedAt: earlier })],
];

const question = (kind: Prompt['kind'], text: string, more: object = {}): Prompt => ({
  promptId: `${kind}-${text}`,
  kind,
  text,
  expiresAt: inAnHour,
  ...more,
});

export const exampleQuestions: readonly Prompt[] = [
  question('mfa', 'MFA code for anna', {
    ...{ device: 'arn:aws:iam::447109328810:mfa/anna', account: '447109328810' },
    askedBy: { subject: 'terraform', role: 'operator', via: 'socket' },
  }),
  question('device-code', 'Sign in to acme', { url: 'https://acme.example', code: 'QWER-TYUI' }),
  question('login', 'Sign in to acme in your browser', { url: 'https://acme.example' }),
  question('choice', 'Which role?', { choices: ['Operator', 'ReadOnly'] }),
  question('unlock', 'Passphrase of the vault'),
  question('unlock', 'Choose a passphrase for the vault', { isNew: true }),
];
