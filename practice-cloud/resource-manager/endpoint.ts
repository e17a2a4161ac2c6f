import type { Cloud } from '../entra/clouds.ts';

/** Where a request to Resource Manager came in. */
export interface ManagerEndpoint {
  /** `https://management.azure.com`, or a loopback address. */
  readonly origin: string;
  /** The sign-in service that goes with it. */
  readonly entraOrigin: string;
  readonly clouds: readonly Cloud[];
}
