import { azureResources, ifThere, type Client } from '../client.ts';
import { npmVersions } from '../npm-packages.ts';
import { program } from '../program.ts';

const resources = Object.values(azureResources);

export const azureIdentityJs: Client = {
  name: '@azure/identity DefaultAzureCredential',
  proof: 'tokens',
  stays: true,
  find: (machine) =>
    npmVersions['@azure/identity'].flatMap((version) => {
      const folder = machine.npmFolder('@azure/identity', version);
      if (folder === undefined) return [];
      const line = [program('ask-azure-identity.cjs'), folder, 'DefaultAzureCredential'];
      return [{ version, from: 'npm', asker: () => [process.execPath, ...line, ...resources] }];
    }),
};

/** Debian's own Python: the one that its package of the library belongs to. */
const python = '/usr/bin/python3';

function inPython(credential: string, options: Partial<Client>): Client {
  return {
    ...options,
    name: `azure-identity (Python) ${credential}`,
    proof: 'tokens',
    stays: true,
    find: (machine) =>
      ifThere(machine, [python, '-c', 'import azure.identity as i; print(i.__version__)'], {
        asker: () => [python, program('ask-azure-identity.py'), credential, ...resources],
      }),
  };
}

export const azureIdentityPython = inPython('DefaultAzureCredential', {
  reasons: {
    'azure-cli':
      '1.13 stops at the address of a virtual machine’s identity service where something else answers, as on this machine. `AzureCliCredential`, `exec` and 1.23 work.',
  },
});
export const azureCliCredentialPython = inPython('AzureCliCredential', { readsThroughAz: true });
