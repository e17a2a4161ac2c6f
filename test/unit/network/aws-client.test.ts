import { afterEach, describe, expect, it } from 'vitest';
import { settingsSchema, type Settings } from '../../../src/models/settings.ts';
import { ServiceTimes } from '../../../src/services/clock/service-times.ts';
import { endpointErrors } from '../../../src/services/validation/aws-endpoints.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { createSsoConnector } from '../../../src/services/integrations/aws-sso/connect.ts';
import { createStsConnector } from '../../../src/services/providers/sts.ts';
import { refusal } from '../../support/session-journey.ts';

const variables = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS', 'AWS_USE_FIPS_ENDPOINT'];
afterEach(() => {
  for (const name of variables) Reflect.deleteProperty(process.env, name);
});

function network(settings: Partial<Settings>) {
  const files = { awsCredentialsFile: '/a', awsConfigFile: '/b', azureConfigDir: '/c' };
  const all = settingsSchema.parse({ ...files, ...settings });
  return { settings: () => all, proxies: {}, times: new ServiceTimes(systemClock) };
}

/** The hosts that the SDK's clients ask with these settings. */
async function hosts(settings: Partial<Settings>, region: string, endpointUrl?: string) {
  const sso = createSsoConnector(network(settings));
  const connections = [
    await createStsConnector(network(settings))(undefined, {
      ...{ sessionId: 'b3c1', sessionName: 'local', region, endpointUrl },
    }),
    await sso.portal(region),
    await sso.oidc(region),
  ];
  return await Promise.all(
    connections.map(async ({ client }) => (await client.config.endpoint?.())?.hostname),
  );
}

describe('a change of the settings', () => {
  const both = network({ awsUseFipsEndpoint: true, awsStsEndpointUrl: 'http://sts.example' });

  it('that sets an endpoint URL beside a variant is refused, naming both', () => {
    const errorsOf = (patch: object) =>
      endpointErrors(both.settings(), patch).map(({ field, message }) => `${field} ${message}`);
    const why = 'an endpoint URL has no such variant';
    expect(errorsOf({ awsUseFipsEndpoint: true })).toEqual([
      `awsUseFipsEndpoint cannot be set together with awsStsEndpointUrl: ${why}`,
    ]);
    expect(errorsOf({ awsStsEndpointUrl: 'http://sts.example' })).toEqual([
      `awsStsEndpointUrl cannot be set together with awsUseFipsEndpoint: ${why}`,
    ]);
  });

  it('of something else is not', () => {
    expect(endpointErrors(both.settings(), { defaultRegion: 'eu-west-1' })).toEqual([]);
  });
});

/** AWS General Reference, "AWS STS endpoints" and "IAM Identity Center endpoints". */
describe('STS, the access portal and its sign-in are asked', () => {
  it('at the endpoints of the region', async () => {
    expect(await hosts({}, 'eu-west-1')).toEqual([
      'sts.eu-west-1.amazonaws.com',
      'portal.sso.eu-west-1.amazonaws.com',
      'oidc.eu-west-1.amazonaws.com',
    ]);
    expect(await hosts({}, 'cn-north-1')).toEqual([
      'sts.cn-north-1.amazonaws.com.cn',
      'portal.sso.cn-north-1.amazonaws.com.cn',
      'oidc.cn-north-1.amazonaws.com.cn',
    ]);
  });

  it('at FIPS endpoints', async () => {
    expect(await hosts({ awsUseFipsEndpoint: true }, 'us-east-1')).toEqual([
      'sts-fips.us-east-1.amazonaws.com',
      'portal.sso-fips.us-east-1.amazonaws.com',
      'oidc-fips.us-east-1.amazonaws.com',
    ]);
  });

  it('at dual-stack endpoints', async () => {
    expect(await hosts({ awsUseDualstackEndpoint: true }, 'eu-west-1')).toEqual([
      'sts.eu-west-1.api.aws',
      'portal.sso.eu-west-1.api.aws',
      'oidc.eu-west-1.api.aws',
    ]);
  });

  it('at the endpoints of the settings, whatever the environment and the files say', async () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://elsewhere.example';
    process.env['AWS_ENDPOINT_URL_STS'] = 'http://elsewhere.example';
    process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    expect(await hosts({}, 'eu-west-1')).toEqual([
      'sts.eu-west-1.amazonaws.com',
      'portal.sso.eu-west-1.amazonaws.com',
      'oidc.eu-west-1.amazonaws.com',
    ]);
    const awsEndpointUrl = 'http://cloud.example';
    const settings = { awsEndpointUrl, awsStsEndpointUrl: 'http://sts.example' };
    expect(await hosts(settings, 'eu-west-1')).toEqual([
      'sts.example',
      'cloud.example',
      'cloud.example',
    ]);
  });

  it('not at all with an endpoint URL and one of those: both settings are named', async () => {
    const asked = hosts(
      { awsUseFipsEndpoint: true, awsSsoEndpointUrl: 'http://sso.example' },
      'eu-west-1',
    );
    const { code, message } = await refusal(asked);
    expect(code).toBe('invalid-request');
    expect(message).toContain('awsUseFipsEndpoint and awsSsoEndpointUrl exclude each other');
  });

  it('STS at the endpoint of the session before that of the settings', async () => {
    const settings = { awsStsEndpointUrl: 'http://sts.example' };
    expect(await hosts(settings, 'eu-west-1', 'http://session.example')).toEqual([
      'session.example',
      'portal.sso.eu-west-1.amazonaws.com',
      'oidc.eu-west-1.amazonaws.com',
    ]);
  });

  it('not at all with a session’s endpoint and one of those: both are named', async () => {
    const asked = hosts({ awsUseDualstackEndpoint: true }, 'eu-west-1', 'http://session.example');
    const { message, details } = await refusal(asked);
    expect(message).toContain(
      'The setting awsUseDualstackEndpoint and endpointUrl of session local exclude each other',
    );
    expect(details.next).toContain('stint session edit b3c1 --unset endpoint-url');
  });
});
