import { randomBytes } from 'node:crypto';
import type { FederatedUserPrincipal, RoleSessionPrincipal } from '../identity/principal.ts';

/** What a sign-in token opens. Times in milliseconds since the epoch. */
export interface ConsoleSignIn {
  readonly principal: RoleSessionPrincipal | FederatedUserPrincipal;
  /** IAM User Guide "Enable custom identity broker access": "valid for 15 minutes". */
  readonly tokenExpiresAt: number;
  readonly sessionEndsAt: number;
}

export class SigninTokens {
  readonly #byToken = new Map<string, ConsoleSignIn>();

  issue(signIn: ConsoleSignIn): string {
    const token = randomBytes(384).toString('base64url');
    this.#byToken.set(token, signIn);
    return token;
  }

  find(token: string): ConsoleSignIn | undefined {
    return this.#byToken.get(token);
  }
}
