import { inject, Injectable } from '@angular/core';
import { azureCloudAt } from '../../models/azure-cloud.ts';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { isDelivery, type Delivery } from './delivery-text.ts';

/** How sessions are delivered; the owner applies the same rules (services/delivery/router.ts). */
@Injectable({ providedIn: 'root' })
export class Deliveries {
  readonly #workspace = inject(Workspace);

  /** That of its run, else that of its next run. */
  of(session: Session): Delivery {
    const current = session.run?.delivery;
    if (current !== undefined && isDelivery(current)) return current;
    if (!session.deliveryIsDefault) return session.delivery;
    const integrationId = 'integrationId' in session ? session.integrationId : undefined;
    return this.byDefault(session.type, integrationId);
  }

  /** For a session that names no delivery: the Azure CLI's files cannot name a private cloud. */
  byDefault(type: Session['type'], integrationId: string | undefined): Delivery {
    const settings = this.#workspace.settings();
    if (type !== 'azure') return settings?.defaultDelivery ?? 'credentials-file';
    const integration = this.#workspace
      .integrations()
      .find((one) => one.integrationId === integrationId);
    const own = integration?.kind === 'azure' ? integration.authorityHost : undefined;
    const { name } = azureCloudAt(own ?? settings?.azureAuthorityHost);
    return name === 'custom' ? 'endpoint-only' : 'azure-cli';
  }
}
