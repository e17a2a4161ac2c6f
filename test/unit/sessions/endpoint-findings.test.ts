import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import type { Settings } from '../../../src/models/settings.ts';
import { callerEnvironment } from '../../../src/cli/environment/caller-environment.ts';
import { endpointFindings } from '../../../src/services/sessions/endpoint-findings.ts';

const aws = { type: 'awsIamUser', sessionName: 'pay' } as Session;
const messages = (
  settings: Partial<Settings>,
  env: NodeJS.ProcessEnv | undefined,
  session = aws,
): readonly string[] =>
  endpointFindings(session, settings as Settings, env && callerEnvironment(env)).map(
    ({ message, next }) => `${message} ${next}`,
  );

const localStack = 'http://127.0.0.1:4566';

describe('a start says', () => {
  it('that Stint signs in at the endpoint of an earlier shell', () => {
    expect(messages({ awsEndpointUrl: localStack }, {})).toEqual([
      `Stint signs in at ${localStack} (setting awsEndpointUrl), but AWS_ENDPOINT_URL is not set in your shell: ` +
        `tools there do not know these credentials. If Stint is wrong: stint settings unset awsEndpointUrl. ` +
        `If this shell is: export AWS_ENDPOINT_URL=${localStack}`,
    ]);
    expect(
      messages({ awsStsEndpointUrl: localStack }, { AWS_ENDPOINT_URL_STS: 'http://x.example' }),
    ).toHaveLength(1);
  });

  it('that this shell leads tools elsewhere, without the password in its endpoint', () => {
    const [said = ''] = messages({}, { AWS_ENDPOINT_URL: 'http://anna:s3cret@127.0.0.1:4566' });
    expect(said).toContain('AWS_ENDPOINT_URL is http://127.0.0.1:4566/ in your shell');
    expect(said).not.toContain('s3cret');
  });

  it('nothing if both use the same, or none', () => {
    expect(messages({}, {})).toEqual([]);
    expect(
      messages({ awsEndpointUrl: localStack }, { AWS_ENDPOINT_URL: `${localStack}/` }),
    ).toEqual([]);
  });

  it('that a variable beats the endpoint of the session', () => {
    const session = { ...aws, endpointUrl: localStack } as Session;
    expect(messages({}, {}, session)).toEqual([]);
    expect(messages({}, { AWS_ENDPOINT_URL: localStack }, session)).toEqual([]);
    expect(messages({}, { AWS_ENDPOINT_URL_STS: 'http://x.example' }, session)).toEqual([
      `The session uses ${localStack}, but AWS_ENDPOINT_URL_STS is http://x.example/ in your shell: ` +
        'tools there do not know these credentials. Remove it: unset AWS_ENDPOINT_URL_STS',
    ]);
  });

  it('nothing of Azure, or where no shell asked', () => {
    const azure = { type: 'azure', sessionName: 'only' } as Session;
    expect(messages({ awsEndpointUrl: localStack }, {}, azure)).toEqual([]);
    expect(messages({ awsEndpointUrl: localStack }, undefined)).toEqual([]);
  });
});
