import { expect, it } from 'vitest';
import { azureCloudAt, locationFor } from '../../../src/models/azure-cloud.ts';

it.each([
  [undefined, 'westeurope', 'westeurope'],
  ['https://login.chinacloudapi.cn', 'eastus', 'chinanorth3'],
  ['https://login.partner.microsoftonline.cn', 'chinaeast2', 'chinaeast2'],
  ['https://login.microsoftonline.us', 'eastus', 'usgovvirginia'],
  ['https://login.microsoftonline.us', 'usdodcentral', 'usdodcentral'],
  [undefined, 'usgovtexas', 'eastus'],
  ['https://login.corp.example', 'anywhere', 'anywhere'],
])('a session in the cloud of %s gets, with %s as usual, location %s', (host, usual, expected) => {
  expect(locationFor(azureCloudAt(host), usual)).toBe(expected);
});
