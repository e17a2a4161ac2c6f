import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approve, identityCenter, payments, type Center } from '../../support/identity-center.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
let center: Center;
beforeEach(async () => {
  owner = await scratchOwner();
  center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Operator');
});
afterEach(async () => {
  await owner.close();
});

/** Makes the integration's start URL an address of the company's own. */
async function startAt(path: string): Promise<string> {
  const startUrl = path.startsWith('http') ? path : `${owner.vanity}/${path}`;
  await owner.stint.integrations.update(
    center.integration.integrationId,
    (fields) => ({ ...fields, startUrl }) as never,
    by,
  );
  return startUrl;
}

const login = (method: 'browser' | 'device-code') =>
  owner.stint.integrations.login(center.integration.integrationId, method);

describe("a start URL at a company's own host", () => {
  it.each(['acme', 'acme/permanent', 'acme/get-only'])('%s is followed to AWS', async (path) => {
    const startUrl = await startAt(path);
    const { prompts } = await login('device-code');
    await approve(owner, prompts);
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
    await owner.stint.integrations.sync(center.integration.integrationId, by);
    expect(owner.stint.sessions.list()).toHaveLength(1);
    expect(center.integration).toMatchObject({ startUrl });
  });

  it('is followed for the sign-in with a browser too: the client is registered for the portal', async () => {
    await startAt('acme');
    const { prompts } = await login('browser');
    const { location } = await owner.cloud.authorize({
      url: String(prompts[0]?.url),
      userName: 'anna',
    });
    await fetch(location);
    await eventually(
      () => center.integration.status,
      (status) => status === 'logged-in',
    );
  });

  it.each([
    ['acme/twice', 'which is not an AWS access portal'],
    [
      'acme/elsewhere',
      'redirects to https://portal.evil.example, which is not an AWS access portal',
    ],
    ['acme/lost', 'redirects to nowhere'],
    ['acme/page', 'is not an AWS access portal and does not redirect to one'],
    ['acme/gone', 'does not lead to an AWS access portal: it answers HTTP 404'],
    ['acme/gone/get-only', 'it answers HTTP 404'],
  ])('%s is refused, and nobody is asked anything', async (path, why) => {
    await startAt(path);
    const { code, message } = await refusal(login('device-code'));
    expect(code).toBe('cloud-refused');
    expect(message).toContain(`The start URL of integration acme`);
    expect(message).toContain(why);
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('that leads to a portal in another region is refused by the name of that region', async () => {
    const vanity = createServer((_, response) => {
      const location = 'https://ssoins-1.portal.us-west-2.app.aws/?from=acme#/';
      response.writeHead(302, { location }).end();
    });
    vanity.listen(0, '127.0.0.1');
    await once(vanity, 'listening');
    await startAt(`http://127.0.0.1:${(vanity.address() as AddressInfo).port}/`);
    const { message, details } = await refusal(login('device-code'));
    vanity.closeAllConnections();
    vanity.close();
    expect(message).toContain(
      'leads to an access portal in us-west-2, and the integration is in eu-west-1',
    );
    expect(details.next).toContain('--region us-west-2');
  });

  it('that does not answer is named', async () => {
    await startAt('http://127.0.0.1:1/');
    const { code, message } = await refusal(login('device-code'));
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('The start URL at 127.0.0.1:1 did not answer for integration acme');
  });
});
