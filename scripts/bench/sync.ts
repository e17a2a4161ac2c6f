import { ListAccountRolesCommand, ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import pMap from 'p-map';
import { identityCenter, userName, type Center } from '../../test/support/identity-center.ts';
import { scratchOwner, type ScratchOwner } from '../../test/support/scratch-owner.ts';
import { ratioRow, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

const accounts = 500;
const roles = ['Operator', 'ReadOnly', 'Billing', 'Audit'];
/** Of listRoles: with more, AWS only throttles. */
const atATime = 8;
/** Three gave 1.23 in one run and 1.66 in the next. */
const rounds = 15;

/** Bringing the sessions of a large organisation up to date. */
export const syncSubject: Subject = {
  name: 'sync',
  async measure(): Promise<readonly Row[]> {
    const owner = await scratchOwner();
    try {
      const center = await largeCenter(owner, accounts);
      await center.sync();
      const bare = await bareSync(owner, center);
      const { ours, limit } = await inTurns(rounds, { limit: bare, ours: () => center.sync() });
      return [
        ratioRow(
          `sync of ${accounts} accounts × ${roles.length} roles, unthrottled`,
          `× the bare SDK calls, ${atATime} at a time`,
          { atMost: 1.3 },
          { ours, limit },
        ),
      ];
    } finally {
      await owner.close();
    }
  },
};

/** An Identity Center with so many accounts of four roles, signed in to. */
export async function largeCenter(owner: ScratchOwner, size: number): Promise<Center> {
  const center = await identityCenter(owner, 'bench');
  for (let index = 0; index < size; index += 1) {
    const account = {
      accountId: String(100_000_000_000 + index),
      accountName: `account-${index}`,
    };
    await center.offer(account, ...roles);
  }
  await center.login();
  return center;
}

/**
 * The calls that a sync needs, by the SDK alone, with another token. The client is a new one each time, as
 * that of a sync: its code is compiled and its connections are made during these calls.
 */
async function bareSync(owner: ScratchOwner, { startUrl }: Center): Promise<() => Promise<void>> {
  const { awsSsoEndpointUrl, awsSsoOidcEndpointUrl } = owner.stint.settings.current();
  const client = { region: 'eu-west-1' };
  const oidc = new SSOOIDCClient({ ...client, endpoint: awsSsoOidcEndpointUrl ?? '' });
  const { clientId, clientSecret } = await oidc.send(
    new RegisterClientCommand({
      clientName: 'bench',
      clientType: 'public',
      scopes: ['sso:account:access'],
    }),
  );
  const who = { clientId, clientSecret };
  const { userCode = '', deviceCode } = await oidc.send(
    new StartDeviceAuthorizationCommand({ ...who, startUrl }),
  );
  await owner.cloud.approveDevice({ userCode, userName });
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  const { accessToken } = await oidc.send(
    new CreateTokenCommand({ ...who, grantType, deviceCode }),
  );
  return async () => {
    const sso = new SSOClient({ ...client, endpoint: awsSsoEndpointUrl ?? '' });
    const found: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await sso.send(
        new ListAccountsCommand({ accessToken, maxResults: 100, nextToken }),
      );
      found.push(...(page.accountList ?? []).map(({ accountId }) => accountId));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    await pMap(
      found,
      (accountId) =>
        sso.send(new ListAccountRolesCommand({ accessToken, accountId, maxResults: 100 })),
      { concurrency: atATime },
    );
    sso.destroy();
  };
}
