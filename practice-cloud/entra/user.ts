import { randomBytes } from 'node:crypto';
import { makeSeed } from '../identity/identifiers.ts';
import { MfaDevice } from '../identity/mfa-device.ts';
import type { Tenant } from './tenant.ts';

/** Whether a user has a device for codes, and whether each sign-in asks for one. */
export type MfaSetting = 'none' | 'registered' | 'required';

export class EntraUser {
  /** The user principal name: `anna@contoso.example`. */
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly home: Tenant;
  readonly mfa: MfaSetting;
  readonly device: MfaDevice | undefined;
  /** Counts the revocations: what was granted in an earlier one is void. */
  era = 0;
  /** When the last one was, in milliseconds since the epoch. */
  validFrom = 0;

  constructor(options: Pick<EntraUser, 'userName' | 'displayName' | 'home' | 'mfa'>) {
    this.userName = options.userName;
    this.displayName = options.displayName;
    this.home = options.home;
    this.mfa = options.mfa;
    this.password = randomBytes(12).toString('base64url');
    this.device =
      options.mfa === 'none'
        ? undefined
        : new MfaDevice({
            serial: options.userName,
            seed: makeSeed(),
            userArn: options.userName,
          });
  }

  /** Every sign-in up to now is void ("Revoke user access in Microsoft Entra ID"). */
  revokeSignIns(now: number): void {
    this.era += 1;
    this.validFrom = now;
  }
}
