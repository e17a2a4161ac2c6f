import type { SessionFields, SessionType } from '../../src/models/session-fields.ts';
import type { Session } from '../../src/models/session.ts';
import { newSession } from '../../src/services/sessions/session-record.ts';

const someId = '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a11';

/** A valid session of each type, as a person would describe it. */
export const fieldsOfEveryType: {
  readonly [T in SessionType]: Extract<SessionFields, { type: T }>;
} = {
  awsIamUser: { type: 'awsIamUser', sessionName: 'break-glass', region: 'eu-west-1' },
  awsIamRoleFederated: {
    type: 'awsIamRoleFederated',
    sessionName: 'partner-upload',
    region: 'eu-central-1',
    idpId: someId,
    idpArn: 'arn:aws:iam::123456789012:saml-provider/Partner',
    roleArn: 'arn:aws:iam::123456789012:role/Upload',
  },
  awsIamRoleChained: {
    type: 'awsIamRoleChained',
    sessionName: 'audit-readonly',
    region: 'us-east-1',
    parentSessionId: someId,
    roleArn: 'arn:aws:iam::210987654321:role/team/Audit',
    roleSessionName: 'anna',
  },
  awsSsoRole: {
    type: 'awsSsoRole',
    sessionName: 'payments-prod / Operator',
    region: 'eu-west-1',
    integrationId: someId,
    accountId: '447109328810',
    accountName: 'payments-prod',
    roleName: 'Operator',
  },
  azure: {
    type: 'azure',
    sessionName: 'data-lab',
    region: 'westeurope',
    integrationId: someId,
    tenantId: someId,
    subscriptionId: someId,
    subscriptionName: 'Visual Studio Enterprise',
  },
};

/** An IAM user session in any state. */
export function anySession(changes: Partial<Session> = {}): Session {
  const session = newSession(fieldsOfEveryType.awsIamUser, {
    sessions: [],
    now: Date.parse('2026-11-20T12:00:00.000Z'),
  });
  return { ...session, ...changes } as Session;
}
