import pMap from 'p-map';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { Offered, OnProgress } from '../source.ts';
import type { ConnectSso } from './connect.ts';
import { foundRoles, isAccountId, type FoundRole } from './found-roles.ts';
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
  const { sdk, client } = await connect.portal(integration.region, patience);
  const calling = { abortSignal: signal };
  const withToken = <T>(call: (accessToken: string) => Promise<T>) =>
    signIn.withToken(integration, { signal }, call);
  const page = (nextToken: string | undefined) => ({
    maxResults: pageSize,
    ...(nextToken === undefined ? {} : { nextToken }),
  });
  const rolesOf = (accountId: string) =>
    allPages((nextToken) =>
      withToken(async (accessToken) => {
        const answer = await client.send(
          new sdk.ListAccountRolesCommand({ accessToken, accountId, ...page(nextToken) }),
          calling,
        );
        return { items: answer.roleList ?? [], nextToken: answer.nextToken };
      }),
    );
  try {
    const accounts = await allPages((nextToken) =>
      withToken(async (accessToken) => {
        const answer = await client.send(
          new sdk.ListAccountsCommand({ accessToken, ...page(nextToken) }),
          calling,
        );
        return { items: answer.accountList ?? [], nextToken: answer.nextToken };
      }),
    );
    const known = new Map(accounts.map((account) => [account.accountId ?? '', account]));
    const total = known.size;
    const found: FoundRole[] = [];
    const skipped: string[] = [];
    let done = 0;
    onProgress({ total, done, found: 0 });
    await pMap(
      known,
      async ([accountId, { accountName, emailAddress }]) => {
        try {
          const roles = isAccountId(accountId) ? await rolesOf(accountId) : undefined;
          if (roles === undefined) skipped.push(accountId);
          for (const { roleName } of roles ?? []) {
            found.push({ accountId, accountName, emailAddress, roleName });
          }
        } catch (error) {
          if (!isAboutAccount(error)) throw error;
          skipped.push(accountId);
        }
        done += 1;
        onProgress({ total, done, found: found.length });
      },
      { concurrency: atATime },
    );
    return foundRoles(found, skipped);
  } catch (error) {
    signal.throwIfAborted();
    throw ssoProblem(error, integration);
  } finally {
    client.destroy();
  }
}

async function allPages<T>(
  read: (
    nextToken: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly nextToken: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let nextToken: string | undefined;
  do {
    const page = await read(nextToken);
    all.push(...page.items);
    // Some send an empty token, or the same again, after the last page.
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken);
  return all;
}
