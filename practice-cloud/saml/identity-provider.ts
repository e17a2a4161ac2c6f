import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Partition } from '../identity/arn.ts';
import type { MfaDevice } from '../identity/mfa-device.ts';
import type { IssuerMetadata } from './issuer-metadata.ts';

export type CookieKind = 'persistent' | 'session' | 'none';

/** How an identity provider works, whichever accounts it is registered in. */
export interface ProviderSettings {
  readonly partition: Partition;
  /** Asks for a code after the password. */
  readonly mfa: boolean;
  /** Whether its cookie survives the browser: `persistent` does, `session` does not. */
  readonly cookie: CookieKind;
  /** AWS's endpoint that its responses are posted to. */
  readonly signInUrl: string;
}

export interface SamlUser {
  readonly userName: string;
  readonly password: string;
  readonly device: MfaDevice | undefined;
  readonly roles: readonly string[];
  readonly roleSessionName: string;
  readonly sourceIdentity: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly sessionDuration: number | undefined;
}

/** What STS knows of an identity provider that is registered in an account. */
export interface RegisteredIssuer extends IssuerMetadata {
  readonly name: string;
  readonly partition: Partition;
}

/** A SAML identity provider: its key, its users and the browsers signed in to it. */
export class IdentityProvider implements RegisteredIssuer {
  readonly name: string;
  readonly settings: ProviderSettings;
  /** RSA, made with the provider; every account it is registered in knows the public one. */
  readonly keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  /** By account id: the ARN of the provider there. */
  readonly registrations = new Map<string, string>();
  readonly users = new Map<string, SamlUser>();
  /** User names by cookie, and by the password step that waits for a code. */
  readonly cookies = new Map<string, string>();
  readonly pending = new Map<string, string>();

  constructor(name: string, settings: ProviderSettings) {
    this.name = name;
    this.settings = settings;
    this.keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  }

  get partition(): Partition {
    return this.settings.partition;
  }

  get publicKey(): KeyObject {
    return this.keys.publicKey;
  }

  /** Its entity id (SAML 2.0 Metadata §2.3.2). */
  get issuer(): string {
    return `urn:practice-cloud:saml:${this.name}`;
  }
}
