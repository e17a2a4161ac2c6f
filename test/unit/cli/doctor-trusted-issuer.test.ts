import { expect, test } from 'vitest';
import { checkOwner } from '../../../src/cli/doctor/owner.ts';

const trusted = {
  file: '/home/anna/.config/stint/issuer.json',
  issuer: 'https://login.example.com',
  audience: 'stint',
};

async function findingsFor(trustedIssuer?: object) {
  const answers: Readonly<Record<string, object>> = {
    '/v1/owner': {
      pid: 1,
      version: '0.1.0',
      vault: { locked: false, detail: 'The vault is open.' },
      notices: [],
      leftovers: [],
      ...(trustedIssuer === undefined ? {} : { trustedIssuer }),
    },
    '/v1/sessions': { items: [] },
    '/v1/settings': {},
    '/v1/integrations': { items: [] },
    '/v1/changes': { items: [] },
  };
  const request = (_method: string, path: string) => Promise.resolve(answers[path]);
  const { findings } = await checkOwner({ owner: { request }, shell: { env: {} } } as never);
  return findings.filter(({ what }) => what.includes('ssuer'));
}

test('doctor names the trusted issuer and its file', async () => {
  expect(await findingsFor(trusted)).toEqual([
    {
      level: 'ok',
      what: `Trusted issuer https://login.example.com for the audience stint, by ${trusted.file}`,
    },
  ]);
});

test('doctor says why tokens of the trusted issuer are not accepted, and what to do', async () => {
  const problem = { detail: 'The trusted issuer does not count.', next: 'Correct the file.' };
  expect(await findingsFor({ file: trusted.file, problem })).toEqual([
    { level: 'problem', what: problem.detail, fix: problem.next },
  ]);
});

test('doctor says nothing where no issuer is trusted', async () => {
  expect(await findingsFor()).toEqual([]);
});
