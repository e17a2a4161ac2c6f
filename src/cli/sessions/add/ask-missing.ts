import { roleArnSchema, samlProviderArnSchema } from '../../../models/arn-schemas.ts';
import { line } from '../../../models/line.ts';
import type { SessionType } from '../../../models/session-fields.ts';
import { findNamed } from '../../arguments/find-named.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { pickSession } from '../find-session.ts';
import {
  accountQuestion,
  roleNameQuestion,
  subscriptionQuestion,
  tenantQuestion,
} from './offered.ts';
import { typed, type Fields, type Question } from './question.ts';
import { locationQuestion, regionQuestion } from './region-question.ts';

const name = typed('sessionName', 'Name of the session', line(128));
const roleArn = typed(
  'roleArn',
  'ARN of the role (arn:aws:iam::123456789012:role/Name)',
  roleArnSchema,
);

const parentQuestion: Question = {
  field: 'parentSessionId',
  async ask(context) {
    const matches = ({ type }: { readonly type: string }) => type !== 'azure';
    const parent = await pickSession(context, {
      question: 'Which session assumes the role?',
      matches,
    });
    return { parentSessionId: parent.sessionId };
  },
};

const idpQuestion: Question = {
  field: 'idpId',
  async ask(context) {
    const { items } = await context.owner.request('GET', '/v1/idps');
    const named = items.map((one) => ({ name: one.name, id: one.idpId, about: one.url }));
    const kind = { what: 'identity provider', listedBy: 'stint idp list' };
    if (named.length === 0) throw none(kind.what, 'stint idp add');
    return { idpId: (await findNamed(context, named, undefined, kind)).id };
  },
};

function integrationQuestion(kind: 'awsSso' | 'azure', what: string): Question {
  return {
    field: 'integrationId',
    async ask(context) {
      const { items } = await context.owner.request('GET', '/v1/integrations');
      const named = items
        .filter((one) => one.kind === kind)
        .map((one) => ({
          name: one.name,
          id: one.integrationId,
          about: one.kind === 'awsSso' ? one.startUrl : `tenant ${one.tenantId}`,
        }));
      if (named.length === 0) throw none(what, 'stint integration add');
      const list = { what, listedBy: 'stint integration list' };
      return { integrationId: (await findNamed(context, named, undefined, list)).id };
    },
  };
}

function none(what: string, addedBy: string): CommandFailure {
  return new CommandFailure('notFound', `There is no ${what} yet.`, `Add one: ${addedBy} --help`);
}

/** What each type needs, in the order in which a person is asked. */
const questions: Readonly<Record<SessionType, readonly Question[]>> = {
  awsIamUser: [name, regionQuestion],
  awsIamRoleFederated: [
    name,
    idpQuestion,
    typed(
      'idpArn',
      'ARN of the SAML provider (arn:aws:iam::123456789012:saml-provider/Name)',
      samlProviderArnSchema,
    ),
    roleArn,
    regionQuestion,
  ],
  awsIamRoleChained: [name, parentQuestion, roleArn, regionQuestion],
  awsSsoRole: [
    name,
    integrationQuestion('awsSso', 'integration of AWS IAM Identity Center'),
    accountQuestion,
    typed('accountName', 'Name of the account', line(128)),
    roleNameQuestion,
    regionQuestion,
  ],
  azure: [
    name,
    integrationQuestion('azure', 'integration of Azure'),
    tenantQuestion,
    subscriptionQuestion,
    typed('subscriptionName', 'Name of the subscription', line(128)),
    locationQuestion,
  ],
};

/**
 * The fields, and those that the type needs beside them, each asked for at the terminal. Throws
 * CommandFailure 'notFound' if there is nothing to pick from, and if they press Ctrl-C.
 */
export async function askMissing(
  context: Context,
  type: SessionType,
  given: Fields,
): Promise<Fields> {
  let fields = given;
  for (const { field, ask } of questions[type]) {
    if (fields[field] === undefined) fields = { ...fields, ...(await ask(context, fields)) };
  }
  return fields;
}

/** What a session type is, for a person who picks one. */
export const typeTexts: Readonly<Record<SessionType, string>> = {
  awsIamUser: 'an IAM user with access keys, with or without MFA',
  awsIamRoleFederated: 'an IAM role, signed in to at a SAML identity provider',
  awsIamRoleChained: 'an IAM role, assumed with the credentials of another session',
  awsSsoRole: 'a role in AWS IAM Identity Center',
  azure: 'an Azure subscription',
};
