import pMap from 'p-map';
import { accountIdPattern } from '../../../models/arn.ts';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { unusable } from '../../network/sdk-error.ts';
import { allPages, endless, mostItems } from '../all-pages.ts';
import type { Offered, OnProgress } from '../source.ts';
import { cleanText } from '../../network/provider-text.ts';
import type { ConnectSso, PortalConnection } from './connect.ts';
import { foundRoles, longestEmail, type FoundAccount } from './found-roles.ts';
import { openPortals } from './open-portals.ts';
import type { SsoSignIn } from './sign-in.ts';
import { isAboutAccount, ssoProblem } from './sso-problem.ts';

/** How many accounts to list at a time: with more, AWS only throttles. */
const atATime = 8;

/** Attempts of one call, with growing pauses: AWS allows about 20 requests a second. */
const patience = 10;

/** The largest page there is (IAM Identity Center Portal API Reference, maxResults). */
const pageSize = 100;

/**
 * Lists every account and role the person may use. The SDK waits and retries if AWS throttles. An
 * account that AWS refuses to list is named in `skipped`. Throws Problem like `SsoSignIn.withToken`,
 * and the signal's reason.
 */
export async function listRoles(
  { connect, signIn }: { readonly connect: ConnectSso; readonly signIn: SsoSignIn },
  integration: AwsSsoIntegration,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Offered> {
  const portals = openPortals(connect, patience);
  const calling = { abortSignal: signal };
  const kept = signIn.tokenReader(integration);
  const withToken = <T>(call: (accessToken: string, portal: PortalConnection) => Promise<T>) =>
    signIn.withToken(integration, { signal, kept }, async (accessToken, region) =>
      call(accessToken, await portals.at(region)),
    );
  const page = (nextToken: string | undefined) => ({
    maxResults: pageSize,
    ...(nextToken === undefined ? {} : { nextToken }),
  });
  const what = `AWS Identity Center for integration ${integration.name}`;
  const rolesOf = (accountId: string) =>
    allPages(what, (nextToken) =>
      withToken(async (accessToken, { sdk, client }) => {
        const answer = await client.send(
          new sdk.ListAccountRolesCommand({ accessToken, accountId, ...page(nextToken) }),
          calling,
        );
        const items = rowsOf(answer.roleList, integration).map(({ roleName }) => textOf(roleName));
        return { items, next: answer.nextToken };
      }),
    );
  try {
    const accounts = await allPages(what, (nextToken) =>
      withToken(async (accessToken, { sdk, client }) => {
        const answer = await client.send(
          new sdk.ListAccountsCommand({ accessToken, ...page(nextToken) }),
          calling,
        );
        // No more is kept of each than is needed, since there may be many.
        const items = rowsOf(answer.accountList, integration).map((account) => ({
          accountId: textOf(account.accountId),
          accountName: cleanText(account.accountName),
          emailAddress: cleanText(account.emailAddress, longestEmail),
        }));
        return { items, next: answer.nextToken };
      }),
    );
    const known = new Map(accounts.map((account) => [account.accountId, account]));
    const total = known.size;
    const found: FoundAccount[] = [];
    let roles = 0;
    const skipped: string[] = [];
    let done = 0;
    onProgress({ total, done, found: 0 });
    await pMap(
      known,
      async ([accountId, account]) => {
        try {
          if (accountIdPattern.test(accountId)) {
            const roleNames = await rolesOf(accountId);
            found.push({ ...account, roleNames });
            roles += roleNames.length;
          } else {
            skipped.push(accountId);
          }
        } catch (error) {
          if (!isAboutAccount(error)) throw error;
          skipped.push(accountId);
        }
        if (roles > mostItems) throw endless(what);
        done += 1;
        onProgress({ total, done, found: roles });
      },
      { concurrency: atATime },
    );
    return foundRoles(found, skipped);
  } catch (error) {
    signal.throwIfAborted();
    throw ssoProblem(error, integration);
  } finally {
    await portals.close();
  }
}

/** The SDK checks no types. Without a list nothing is known; it is not an empty one. */
function rowsOf<T extends object>(
  list: readonly T[] | undefined,
  { name, region }: AwsSsoIntegration,
): readonly T[] {
  if (Array.isArray(list)) {
    return (list as readonly T[]).filter(
      (row) => typeof row === 'object' && (row as unknown) !== null,
    );
  }
  const service = `AWS Identity Center in ${region}`;
  throw unusable({ why: 'it has no list' }, { service, about: `integration ${name}` });
}

function textOf(id: unknown): string {
  return typeof id === 'string' ? id.slice(0, 256) : '';
}
