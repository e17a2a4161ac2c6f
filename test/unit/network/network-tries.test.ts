import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/models/settings.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { ServiceTimes } from '../../../src/services/clock/service-times.ts';
import { createSsoConnector } from '../../../src/services/integrations/aws-sso/connect.ts';

type Answer = (response: ServerResponse) => unknown;

const hangUp: Answer = (response) => response.destroy();
const throttle: Answer = (response) => response.writeHead(429).end('{}');
const list: Answer = (response) => response.writeHead(200).end('{"accountList":[]}');

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Lists accounts as a sync does, at a portal that gives these answers, the last one for good. */
async function listed(answers: readonly Answer[]) {
  let asked = 0;
  const server = createServer((_, response) => {
    answers[Math.min(asked, answers.length - 1)]?.(response);
    asked += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const settings = settingsSchema.parse({
    ...{ awsCredentialsFile: '/a', awsConfigFile: '/b', azureConfigDir: '/c' },
    awsSsoEndpointUrl: `http://127.0.0.1:${port}`,
  });
  const times = new ServiceTimes(systemClock);
  const sso = createSsoConnector({ settings: () => settings, proxies: {}, times });
  const { client, sdk } = await sso.portal('eu-west-1', 10);
  ends.push(() => {
    client.destroy();
  });
  const work = client.send(new sdk.ListAccountsCommand({ accessToken: 'token' }));
  const [outcome] = await Promise.allSettled([work]);
  return { asked, outcome: outcome.status };
}

it('a service that gives no answer is asked three times, however patient a call is with throttling', async () => {
  expect(await listed([hangUp])).toEqual({ asked: 3, outcome: 'rejected' });
});

it('an answer in between counts: a service that throttles now and then is asked for longer', async () => {
  const answers = [hangUp, hangUp, throttle, hangUp, list];
  expect(await listed(answers)).toEqual({ asked: 5, outcome: 'fulfilled' });
});
