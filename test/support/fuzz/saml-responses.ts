import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArn } from '../../../src/models/arn.ts';
import { Problem } from '../../../src/models/problem.ts';
import { readSamlAssertion } from '../../../src/services/sign-in/saml-assertion.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutatedText } from './mutated-text.ts';

const session = { sessionId: '6f0f5f0c-1f5c-4f0e-9a55-0d8f1f6b6a01', sessionName: 'reader' };
const account = 'arn:aws:iam::447109328810';

const response = `<?xml version="1.0" encoding="UTF-8"?>
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">
  <Assertion><Subject><NameID>anna@example.com</NameID></Subject><AttributeStatement>
    <Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">
      <AttributeValue>${account}:role/team/reader,${account}:saml-provider/acme</AttributeValue>
      <AttributeValue>${account}:saml-provider/acme, ${account}:role/admin</AttributeValue>
    </Attribute>
    <Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><AttributeValue><![CDATA[anna]]></AttributeValue></Attribute>
  </AttributeStatement></Assertion>
</samlp:Response>`;

/** A response is refused with the one problem for it, which repeats nothing of it, or has pairs of ARNs. */
export const samlResponses: FuzzTarget = {
  name: 'saml-responses',
  inputs: 300,
  open: () => ({
    property: fc.property(
      fc.oneof(
        {
          weight: 8,
          arbitrary: mutatedText(response).map((xml) => Buffer.from(xml).toString('base64')),
        },
        { weight: 1, arbitrary: mutatedText(Buffer.from(response).toString('base64')) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
      ),
      (base64) => {
        try {
          for (const { roleArn, idpArn } of readSamlAssertion(base64, session).roles ?? []) {
            assert.ok(parseArn(roleArn)?.resource.startsWith('role/'), roleArn);
            assert.ok(parseArn(idpArn)?.resource.startsWith('saml-provider/'), idpArn);
          }
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          assert.equal(error.code, 'cloud-refused');
          assert.equal(
            error.message,
            'The identity provider of session reader sent something that is not a SAML response.',
          );
        }
      },
    ),
  }),
};
