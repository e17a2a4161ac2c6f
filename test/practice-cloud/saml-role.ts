import {
  AssumeRoleWithSAMLCommand,
  type AssumeRoleWithSAMLCommandInput,
  type AssumeRoleWithSAMLCommandOutput,
} from '@aws-sdk/client-sts';
import { beforeEach } from 'vitest';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import { accountId, practiceForEachTest, type Practice } from './practice.ts';

/** The role that user anna of the identity provider may assume. */
export const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;

/** AssumeRoleWithSAML needs no credentials of AWS: STS must not look at these. */
export const nobody = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };

/** What is special about a response of the identity provider. */
export type WantedResponse = Omit<
  Parameters<AdminClient['samlResponse']>[0],
  'idpArn' | 'userName'
>;

export interface SamlRole {
  readonly practice: Practice;
  readonly idpArn: string;
  readonly roleId: string;
  /** A SAML response for anna, in base64. */
  readonly response: (wanted?: WantedResponse) => Promise<string>;
  /** Calls STS with a response for anna; `input` replaces parts of the call. */
  readonly assume: (
    wanted?: WantedResponse,
    input?: Partial<AssumeRoleWithSAMLCommandInput>,
  ) => Promise<AssumeRoleWithSAMLCommandOutput>;
}

/** A fresh practice cloud for each test of the file, with an identity provider, a role and user anna. */
export function samlRoleForEachTest(): SamlRole {
  const practice = practiceForEachTest();
  let idpArn = '';
  let roleId = '';
  beforeEach(async () => {
    const { admin } = practice;
    ({ idpArn } = await admin.createSamlProvider({ name: 'acme', accountId }));
    const role = { roleArn, principals: [idpArn], maxSessionSeconds: 7200 };
    ({ roleId } = await admin.createRole(role));
    await admin.createSamlUser({ idpArn, userName: 'anna', roles: [roleArn] });
  });
  const response = (wanted: WantedResponse = {}) =>
    practice.admin.samlResponse({ idpArn, userName: 'anna', ...wanted });
  return {
    practice,
    get idpArn() {
      return idpArn;
    },
    get roleId() {
      return roleId;
    },
    response,
    async assume(wanted, input) {
      return await practice.sts(nobody).send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: roleArn,
          PrincipalArn: idpArn,
          SAMLAssertion: await response(wanted),
          ...input,
        }),
      );
    },
  };
}

/** Refusals of STS. */
export const invalid = (message: string) => ({
  code: 'InvalidIdentityTokenException',
  status: 400,
  message,
});
export const expired = (message: string) => ({
  code: 'ExpiredTokenException',
  status: 400,
  message,
});
export const denied = (action = 'AssumeRoleWithSAML') => ({
  code: 'AccessDenied',
  status: 403,
  message: `Not authorized to perform sts:${action}`,
});
