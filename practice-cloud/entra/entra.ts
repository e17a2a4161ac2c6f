import { EntraDirectory } from './entra-directory.ts';
import { EntraGrants } from './grants.ts';
import { SignInPages } from './visits.ts';
import { TokenKey } from './token-key.ts';

/** The state of the practice Entra ID. */
export class Entra {
  readonly directory = new EntraDirectory();
  readonly grants = new EntraGrants();
  readonly pages = new SignInPages();
  readonly tokenKey = new TokenKey();
}
