import { afterEach, beforeEach, expect, it } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import {
  captivePortal,
  type CaptivePortal,
  type PortalAnswer,
} from '../../support/captive-portal.ts';
import { identityCenter, orders, payments } from '../../support/identity-center.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';

const hour = 3_600;

let owner: ScratchOwner;
let portal: CaptivePortal;
/** Of every session that runs. */
let ids: string[];
beforeEach(async () => {
  owner = await scratchOwner();
  portal = await captivePortal(owner.azure.azureProxy);
  const { settings, sessions } = owner.stint;
  const { session: user } = await owner.addUser('anna', { fields: { tokenSeconds: hour } });
  const center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Admin', 'Reader');
  await center.offer(orders, 'Admin');
  await center.sync();
  const tenant = await azureTenant(owner, 'contoso');
  await tenant.offer('Payments');
  await tenant.sync();
  const { awsStsEndpointUrl, awsSsoEndpointUrl, awsSsoOidcEndpointUrl } = settings.current();
  await settings.change({
    awsStsEndpointUrl: await portal.before(String(awsStsEndpointUrl)),
    awsSsoEndpointUrl: await portal.before(String(awsSsoEndpointUrl)),
    awsSsoOidcEndpointUrl: await portal.before(String(awsSsoOidcEndpointUrl)),
    httpsProxy: portal.proxyUrl,
  });
  ids = [
    user.sessionId,
    ...['payments-prod / Admin', 'payments-prod / Reader', 'orders-staging / Admin'].map(
      (name) => center.session(...(name.split(' / ') as [string, string])).sessionId,
    ),
    tenant.session('Payments').sessionId,
  ];
  // Entra ID grants between 60 and 90 minutes, at random.
  await owner.cloud.setOverrides({ grantedSeconds: hour });
  for (const id of ids) await sessions.start(id, { by });
  owner.stint.scheduler.start();
});
afterEach(async () => {
  await owner.close();
  await portal.close();
});

const all = () => ids.map((id) => owner.stint.sessions.get(id));
const logins = () => owner.stint.history.list({ kind: 'login' }).items.length;
const signedIn = () => owner.stint.integrations.list().map(({ status }) => status);

it.each<PortalAnswer>(['a page', 'a redirect', 'status 511'])(
  'a captive portal that answers %s to everybody ends nothing early and asks nobody to sign in',
  async (answer) => {
    const runs = all().map(({ run }) => run?.id);
    const before = logins();
    portal.answer = answer;

    // Their renewals fail, and they stay active with what they have.
    await owner.pass(50 * 60);
    await eventually(all, (found) => found.every(({ run }) => run?.renewalFailure !== undefined));
    expect(all().map(({ status }) => status)).toEqual(ids.map(() => 'active'));

    // Their credentials expire: they are removed, and the sessions wait.
    await owner.pass(hour);
    await eventually(all, (found) => found.every(({ status }) => status === 'pending'));
    await eventually(
      () => owner.credentials(),
      (text) => !text.includes('aws_session_token'),
    );

    // The sign-in tokens expire as well, overnight; to renew them goes through the portal, too.
    const asked = portal.kept.length;
    owner.sleep(8 * hour);
    await eventually(
      async () => {
        await owner.pass(60);
        return portal.kept.slice(asked).filter((path) => path.endsWith('/token'));
      },
      (refreshes) => refreshes.length > 0,
    );
    expect(all().map(({ status }) => status)).toEqual(ids.map(() => 'pending'));
    expect(signedIn()).toEqual(['logged-in', 'logged-in']);
    expect(owner.stint.prompts.list()).toEqual([]);

    portal.answer = undefined;
    await eventually(
      async () => {
        await owner.pass(60);
        return all();
      },
      (found) => found.every(({ status }) => status === 'active'),
    );
    expect(all().map(({ run }) => run?.id)).toEqual(runs);
    expect(owner.stint.prompts.list()).toEqual([]);
    expect(logins()).toBe(before);
    expect(signedIn()).toEqual(['logged-in', 'logged-in']);
  },
);
