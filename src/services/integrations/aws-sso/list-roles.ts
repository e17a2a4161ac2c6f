import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { ConnectSso } from './connect.ts';
import type { SsoSignIn } from './sign-in.ts';
import { isForbidden, ssoProblem } from './sso-problem.ts';

/** A permission set in an account, as Identity Center offers it. */
export interface OfferedRole {
  readonly accountId: string;
  readonly accountName: string;
  readonly email?: string | undefined;
  readonly roleName: string;
}

export interface Offered {
  readonly roles: readonly OfferedRole[];
  /** Accounts whose roles were denied for now: nothing is known of them. */
  readonly skippedAccounts: readonly string[];
}

/** Called as the listing goes on; `accounts` is known once all their pages are in. */
export type OnProgress = (progress: {
  readonly accounts?: number;
  readonly accountsDone: number;
  readonly roles: number;
}) => void;

/** How many accounts are asked for at a time: with more, AWS only throttles. */
const atATime = 8;

/** Tries of one call, with growing pauses: AWS lets about 20 requests a second through. */
const patience = 10;

/** The largest page there is (IAM Identity Center Portal API Reference, maxResults). */
const pageSize = 100;

/**
 * Lists every account and role the person may use. The SDK waits and tries again where AWS
 * throttles. Throws Problem like `SsoSignIn.withToken`, and the signal's reason.
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
    const roles: OfferedRole[] = [];
    const skippedAccounts: string[] = [];
    let accountsDone = 0;
    onProgress({ accounts: accounts.length, accountsDone, roles: 0 });
    await eachOf(accounts, atATime, async ({ accountId = '', accountName, emailAddress }) => {
      try {
        const names = await allPages((nextToken) =>
          withToken(async (accessToken) => {
            const answer = await client.send(
              new sdk.ListAccountRolesCommand({ accessToken, accountId, ...page(nextToken) }),
              calling,
            );
            return { items: answer.roleList ?? [], nextToken: answer.nextToken };
          }),
        );
        for (const { roleName = '' } of names) {
          const name = accountName ?? accountId;
          roles.push({ accountId, accountName: name, email: emailAddress, roleName });
        }
      } catch (error) {
        if (!isForbidden(error)) throw error;
        skippedAccounts.push(accountId);
      }
      accountsDone += 1;
      onProgress({ accounts: accounts.length, accountsDone, roles: roles.length });
    });
    return { roles, skippedAccounts };
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
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

/** `work` on every item, so many at a time; the first failure ends it all. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of waiting) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
