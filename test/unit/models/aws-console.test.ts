import { describe, expect, it } from 'vitest';
import { consoleLoginUrl, consolePage, federationUrl } from '../../../src/models/aws-console.ts';
import { azureCloudAt, portalPage } from '../../../src/models/azure-cloud.ts';

describe('the console of each partition', () => {
  it.each([
    ['eu-west-1', 'https://signin.aws.amazon.com', 'https://console.aws.amazon.com'],
    [
      'us-gov-west-1',
      'https://signin.amazonaws-us-gov.com',
      'https://console.amazonaws-us-gov.com',
    ],
    ['cn-north-1', 'https://signin.amazonaws.cn', 'https://console.amazonaws.cn'],
    [
      'eusc-de-east-1',
      'https://eusc-de-east-1.signin.amazonaws-eusc.eu',
      'https://eusc-de-east-1.console.amazonaws-eusc.eu',
    ],
    [
      'us-iso-east-1',
      'https://us-iso-east-1.signin.c2shome.ic.gov',
      'https://us-iso-east-1.console.c2shome.ic.gov',
    ],
    [
      'us-isob-east-1',
      'https://us-isob-east-1.signin.sc2shome.sgov.gov',
      'https://us-isob-east-1.console.sc2shome.sgov.gov',
    ],
    [
      'eu-isoe-west-1',
      'https://eu-isoe-west-1.signin.csphome.adc-e.uk',
      'https://eu-isoe-west-1.console.csphome.adc-e.uk',
    ],
    [
      'us-isof-south-1',
      'https://us-isof-south-1.signin.csphome.hci.ic.gov',
      'https://us-isof-south-1.console.csphome.hci.ic.gov',
    ],
  ])('%s signs in at its own host', (region, signin, console) => {
    expect(federationUrl(region)).toBe(`${signin}/federation`);
    expect(consolePage(region)).toBe(`${console}/console/home?region=${region}`);
    expect(consolePage(region, 's3')).toBe(`${console}/s3/home?region=${region}`);
  });

  it('is opened by a documented address', () => {
    const url = consoleLoginUrl(federationUrl('eu-west-1'), {
      token: 'a+b/c=',
      destination: consolePage('eu-west-1', 'ec2'),
    });
    expect(url).toBe(
      'https://signin.aws.amazon.com/federation?Action=login&Issuer=Stint' +
        '&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fec2%2Fhome%3Fregion%3Deu-west-1&SigninToken=a%2Bb%2Fc%3D',
    );
  });
});

describe('the portal of each Azure cloud', () => {
  it.each([
    [undefined, 'https://portal.azure.com'],
    ['https://login.microsoftonline.us', 'https://portal.azure.us'],
    ['https://login.partner.microsoftonline.cn', 'https://portal.azure.cn'],
    ['https://login.private.example', undefined],
  ])('of %s is %s', (authorityHost, portal) => {
    expect(azureCloudAt(authorityHost).portal).toBe(portal);
  });

  it('opens at the tenant and the subscription', () => {
    const of = { tenantId: 'c0ffee00-1111', subscriptionId: '5ab1e0de-2222' };
    expect(portalPage('https://portal.azure.com', of)).toBe(
      'https://portal.azure.com/#@c0ffee00-1111/resource/subscriptions/5ab1e0de-2222/overview',
    );
  });
});
