import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSamlAssertion } from '../../../src/services/sign-in/saml-assertion.ts';
import { fuzzBriefly } from '../../support/fuzz/fuzz-target.ts';
import { samlResponses } from '../../support/fuzz/saml-responses.ts';

const session = { sessionId: '6f0f5f0c-1f5c-4f0e-9a55-0d8f1f6b6a01', sessionName: 'reader' };
const roleArn = 'arn:aws:iam::447109328810:role/team/reader';
const idpArn = 'arn:aws:iam::447109328810:saml-provider/acme';

const read = (xml: string) => readSamlAssertion(Buffer.from(xml).toString('base64'), session);

function response(values: readonly string[], more = '', names = 'https://aws.amazon.com'): string {
  const inner = values.map((value) => `<a:AttributeValue>${value}</a:AttributeValue>`).join('');
  return (
    '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">' +
    `<a:Assertion><a:AttributeStatement><a:Attribute Name="${names}/SAML/Attributes/Role">${inner}</a:Attribute>${more}` +
    '</a:AttributeStatement></a:Assertion></p:Response>'
  );
}

describe('the roles of an assertion', () => {
  it('are read in either order and with any blanks', () => {
    const blank = fc.stringMatching(/^[ \t\n]{0,3}$/);
    const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso-b');
    const name = fc.stringMatching(/^[\w+=.@-]{1,20}$/);
    const pair = fc.tuple(
      partition,
      fc.stringMatching(/^\d{12}$/),
      name,
      name,
      fc.boolean(),
      blank,
    );
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const expected = pairs.map(([aws, account, role, provider]) => ({
          roleArn: `arn:${aws}:iam::${account}:role/path/${role}`,
          idpArn: `arn:${aws}:iam::${account}:saml-provider/${provider}`,
        }));
        const values = expected.map(({ roleArn, idpArn }, index) => {
          const [, , , , roleFirst, space = ''] = pairs[index] ?? [];
          const parts = roleFirst ? [roleArn, idpArn] : [idpArn, roleArn];
          return `${space}${parts.join(`${space},${space}`)}${space}`;
        });
        expect(read(response(values)).roles).toEqual(expected);
      }),
    );
  });

  it('are read whatever partition named the attributes', () => {
    for (const names of [
      'https://www.amazonaws.cn',
      'http://www.amazonaws.cn',
      'https://x.example',
    ]) {
      expect(read(response([`${roleArn},${idpArn}`], '', names)).roles).toEqual([
        { roleArn, idpArn },
      ]);
    }
  });

  it('omit what is not a pair', () => {
    const values = [
      roleArn,
      `${roleArn},${roleArn}`,
      `${roleArn},${idpArn},${idpArn}`,
      `${roleArn};${idpArn}`,
      '',
      'role,provider',
    ];
    expect(read(response(values)).roles).toEqual([]);
  });

  it('are not known of an encrypted assertion', () => {
    const xml =
      '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">' +
      '<a:EncryptedAssertion/></p:Response>';
    expect(read(xml)).toEqual({ roles: undefined });
  });
});

describe('what is not a response', () => {
  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['torn XML', response([`${roleArn},${idpArn}`]).slice(0, -5)],
    ['another document', '<html/>'],
    ['a document type', `<!DOCTYPE x [<!ENTITY e "e">]>${response([])}`],
    ['an unbound prefix', '<p:Response/>'],
  ])('is refused and not repeated: %s', (_what, xml) => {
    expect(() => read(xml)).toThrow(
      expect.objectContaining({
        code: 'cloud-refused',
        message:
          'The identity provider of session reader sent something that is not a SAML response.',
      }) as Error,
    );
  });

  it('is refused, and what is one has pairs of ARNs, whatever it is made of', async () => {
    await fuzzBriefly(samlResponses);
  });
});
