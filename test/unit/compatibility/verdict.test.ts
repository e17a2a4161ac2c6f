import { describe, expect, it } from 'vitest';
import { signerOf } from '../../../scripts/compatibility/signature-endpoint.ts';
import { judge } from '../../../scripts/compatibility/verdict.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
const tokenFor = (aud: string, tid = tenant) =>
  `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ aud, tid })).toString('base64url')}.c2ln`;
const evidence = (text: string, signatures = 0) => ({
  text,
  warnings: '',
  identity: tenant,
  signatures,
});

describe('what proves a session', () => {
  it('is its ARN in the answer of STS, and nobody else’s', () => {
    const arn = 'arn:aws:sts::447109328810:assumed-role/Deploy/anna';
    expect(judge('arn', { ...evidence(`{"Arn": "${arn}"}`), identity: arn }).accepted).toBe('all');
    expect(
      judge('arn', { ...evidence('arn:aws:iam::447109328810:user/zoe'), identity: arn }).accepted,
    ).toBe('none');
  });

  it('is an accepted signature for programs that know only S3', () => {
    expect(judge('signature', evidence('failed', 1)).accepted).toBe('all');
    expect(judge('signature', evidence('done', 0)).accepted).toBe('none');
  });

  it('is a token for each resource, of the session’s tenant', () => {
    const arm = tokenFor('https://management.azure.com/');
    const others = ['https://vault.azure.net', 'https://storage.azure.com'].map((one) =>
      tokenFor(one),
    );
    const graph = tokenFor('https://graph.microsoft.com');
    expect(judge('tokens', evidence([arm, ...others, graph].join('\n'))).accepted).toBe('all');
    expect(judge('tokens', evidence([arm, 'ERROR: no entry'].join('\n'))).accepted).toEqual([
      'Resource Manager',
    ]);
    const ofAnother = tokenFor('https://graph.microsoft.com', 'another');
    expect(judge('tokens', evidence(ofAnother)).accepted).toBe('none');
  });

  it('never keeps a token in the words', () => {
    const { words } = judge(
      'tokens',
      evidence(`no entry for ${tokenFor('https://vault.azure.net')}`),
    );
    expect(words).toBe('no entry for (token)');
  });

  it('knows the sentence of Stint among other lines', () => {
    const told = evidence('Session x has ended.\nStart it again: stint start x\nexit status 1');
    expect(judge('arn', told)).toEqual({
      accepted: 'none',
      words: 'exit status 1',
      namesTheWay: true,
    });
  });
});

describe('the signer of a request', () => {
  it('is read from both signature versions and from a presigned address', () => {
    const signer = (authorization: string, token?: string) =>
      signerOf({
        url: '/',
        headers: { authorization, ...(token && { 'x-amz-security-token': token }) },
      });
    expect(signer('AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20261201/x', 't')).toEqual({
      key: 'ASIAEXAMPLE',
      hasToken: true,
    });
    expect(signer('AWS ASIAEXAMPLE:abc=')).toEqual({ key: 'ASIAEXAMPLE', hasToken: false });
    expect(
      signerOf({
        url: '/b?X-Amz-Credential=ASIAEXAMPLE%2F2026&X-Amz-Security-Token=t',
        headers: {},
      }),
    ).toEqual({ key: 'ASIAEXAMPLE', hasToken: true });
    expect(signerOf({ url: '/', headers: {} })).toEqual({ key: undefined, hasToken: false });
  });
});
