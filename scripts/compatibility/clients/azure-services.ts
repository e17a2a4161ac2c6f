import type { Client } from '../client.ts';
import { npmVersions } from '../npm-packages.ts';
import { program } from '../program.ts';

/** A library of Resource Manager itself: it lists the subscriptions. */
export const armSubscriptions: Client = {
  name: '@azure/arm-resources-subscriptions',
  proof: 'subscription',
  stays: true,
  find: (machine) =>
    npmVersions['@azure/arm-resources-subscriptions'].flatMap((version) => {
      const folder = machine.npmFolder('@azure/arm-resources-subscriptions', version);
      if (folder === undefined) return [];
      return [
        {
          version,
          from: 'npm',
          asker: () => [process.execPath, program('ask-azure-services.cjs'), folder],
        },
      ];
    }),
};
