import { azureResources, eachTime, ifThere, type Client } from '../client.ts';

const askEach = [
  'for r in "$@"; do',
  'az account get-access-token --resource "$r" --query accessToken --output tsv; done',
].join(' ');

export const azureCli: Client = {
  name: 'Azure CLI',
  proof: 'tokens',
  stays: false,
  readsThroughAz: true,
  find: (machine) =>
    ifThere(
      machine,
      ['az', 'version', '--query', '"azure-cli"'],
      { asker: () => eachTime(['sh', '-c', askEach, 'sh', ...Object.values(azureResources)]) },
      /"(\d+\.\d+\.\d+)"/,
    ),
};
