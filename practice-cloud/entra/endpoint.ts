import { allClouds, type Cloud } from './clouds.ts';

/** Where a request to the sign-in service came in: under which address, and for which clouds. */
export interface EntraEndpoint {
  /** `https://login.microsoftonline.com`, or a loopback address. */
  readonly origin: string;
  /** One of Microsoft's names knows its own cloud's tenants only; a loopback address knows all. */
  readonly clouds: readonly Cloud[];
  /** Where the pages for a person are, when not here: plain http needs no trust in our CA. */
  readonly pagesOrigin: string;
}

export function cloudsOf(cloud: Cloud | undefined): readonly Cloud[] {
  return cloud === undefined ? allClouds : [cloud];
}
