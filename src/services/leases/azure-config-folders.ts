import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AzureSession } from '../../models/session.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { replaceFile, unwritable } from '../files/private-file.ts';

/** A configuration folder of the Azure CLI for each session, so that several run side by side. */
export class AzureConfigFolders {
  readonly #folder: string;
  readonly #cloudOf: (session: AzureSession) => AzureCloud;
  /** A folder is either prepared or removed, by session. */
  readonly #folders = new KeyedMutex();

  constructor(options: {
    readonly folder: string;
    readonly cloudOf: (session: AzureSession) => AzureCloud;
  }) {
    this.#folder = options.folder;
    this.#cloudOf = options.cloudOf;
  }

  /** The AZURE_CONFIG_DIR of the session. Throws Problem 'file-unwritable'. */
  async prepare(session: AzureSession): Promise<string> {
    const { sessionId } = session;
    return await this.#folders.run(sessionId, async () => {
      const folder = join(this.#folder, sessionId);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
      } catch (error) {
        throw unwritable(folder, error as NodeJS.ErrnoException);
      }
      for (const [name, text] of configFiles(session, this.#cloudOf(session))) {
        await replaceFile(join(folder, name), text);
      }
      return folder;
    });
  }

  /**
   * Removes the folders of all sessions but the wanted ones; never throws. A folder that is just
   * prepared is wanted by then: its lease exists before its folder.
   */
  async keepOnly(isWanted: (sessionId: string) => boolean): Promise<void> {
    for (const sessionId of await readdir(this.#folder).catch(() => [])) {
      await this.#folders.run(sessionId, async () => {
        if (isWanted(sessionId)) return;
        const folder = join(this.#folder, sessionId);
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      });
    }
  }
}

/**
 * What `az login --identity` writes: az then asks MSI_ENDPOINT for tokens and needs neither a login
 * nor, for its own profile, the network. Its own settings stay in the user's folder.
 */
export function configFiles(
  session: AzureSession,
  cloud: AzureCloud,
): readonly (readonly [name: string, text: string])[] {
  const { tenantId, subscriptionId, subscriptionName } = session;
  const cloudName = cloud.name === 'custom' ? 'stint' : cloud.name;
  const profile = {
    subscriptions: [
      {
        id: subscriptionId,
        name: subscriptionName,
        state: 'Enabled',
        user: {
          name: 'systemAssignedIdentity',
          type: 'servicePrincipal',
          assignedIdentityInfo: 'MSI',
        },
        isDefault: true,
        tenantId,
        environmentName: cloudName,
        homeTenantId: tenantId,
        managedByTenants: [],
      },
    ],
  };
  return [
    ['azureProfile.json', JSON.stringify(profile)],
    ['config', `[cloud]\nname = ${cloudName}\n`],
    ...(cloud.name === 'custom' ? ([['clouds.config', customCloud(cloud)]] as const) : []),
  ];
}

/** As `az cloud register` writes it, with the endpoints that az cannot do without. */
function customCloud({
  authorityHost,
  resourceManagerUrl,
  managementResource,
}: AzureCloud): string {
  return [
    '[stint]',
    `endpoint_management = ${managementResource}`,
    `endpoint_resource_manager = ${resourceManagerUrl}`,
    `endpoint_active_directory = ${authorityHost}`,
    `endpoint_active_directory_resource_id = ${managementResource}`,
    '',
  ].join('\n');
}
