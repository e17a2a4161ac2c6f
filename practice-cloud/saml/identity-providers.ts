import { randomBytes } from 'node:crypto';
import { iamArn, parseRoleArn, type Partition } from '../identity/arn.ts';
import { DirectoryRefusal } from '../identity/directory.ts';
import { makeSeed } from '../identity/identifiers.ts';
import { MfaDevice } from '../identity/mfa-device.ts';
import {
  IdentityProvider,
  type ProviderSettings,
  type RegisteredIssuer,
  type SamlUser,
} from './identity-provider.ts';
import { readIssuerMetadata } from './issuer-metadata.ts';

interface Account {
  readonly accountId: string;
  readonly partition: Partition;
}

type NewUser = Omit<SamlUser, 'password' | 'device'>;

/** The identity providers, and in which accounts IAM knows them (IAM User Guide "SAML 2.0 federation"). */
export class IdentityProviders {
  readonly #byName = new Map<string, IdentityProvider>();
  readonly #byArn = new Map<string, IdentityProvider>();
  /** Those that run elsewhere, by ARN: only their metadata is here. */
  readonly #elsewhere = new Map<string, RegisteredIssuer>();

  /** Makes a provider, or registers the one of that name in one more account; its settings stay. */
  register(name: string, accountId: string, settings: ProviderSettings): string {
    const provider = this.#byName.get(name) ?? new IdentityProvider(name, settings);
    const arn = iamArn(provider.settings.partition, accountId, `saml-provider/${name}`);
    if (provider.settings.partition !== settings.partition) {
      throw new DirectoryRefusal('LimitExceeded', `${name} is a provider of another partition.`);
    }
    this.#requireFree(arn);
    provider.registrations.set(accountId, arn);
    this.#byName.set(name, provider);
    this.#byArn.set(arn, provider);
    return arn;
  }

  /** Registers a provider that runs elsewhere by its metadata document; returns its ARN. */
  registerElsewhere(name: string, account: Account, metadata: string): string {
    const { partition, accountId } = account;
    const arn = iamArn(partition, accountId, `saml-provider/${name}`);
    this.#requireFree(arn);
    this.#elsewhere.set(arn, { name, partition, ...readIssuerMetadata(metadata) });
    return arn;
  }

  named(name: string): IdentityProvider | undefined {
    return this.#byName.get(name);
  }

  /** The provider that IAM knows under an ARN. */
  registered(arn: string): RegisteredIssuer | undefined {
    return this.#byArn.get(arn) ?? this.#elsewhere.get(arn);
  }

  /** @throws DirectoryRefusal NoSuchEntity */
  existing(arn: string): IdentityProvider {
    const provider = this.#byArn.get(arn);
    if (provider !== undefined) return provider;
    throw new DirectoryRefusal('NoSuchEntity', `The SAML provider ${arn} does not exist.`);
  }

  createUser(arn: string, user: NewUser): SamlUser {
    const provider = this.existing(arn);
    const { userName } = user;
    if (provider.users.has(userName)) {
      throw new DirectoryRefusal('EntityAlreadyExists', `User ${userName} already exists.`);
    }
    for (const role of user.roles) providerArnOf(provider, role);
    const device = provider.settings.mfa
      ? new MfaDevice({ serial: userName, seed: makeSeed(), userArn: `${arn}/${userName}` })
      : undefined;
    const created = { ...user, password: randomBytes(12).toString('base64url'), device };
    provider.users.set(userName, created);
    return created;
  }

  /** @throws DirectoryRefusal NoSuchEntity */
  user(arn: string, userName: string): SamlUser {
    const user = this.existing(arn).users.get(userName);
    if (user !== undefined) return user;
    throw new DirectoryRefusal('NoSuchEntity', `The provider has no user ${userName}.`);
  }

  /** IAM API Reference "CreateSAMLProvider": names are unique in the account. */
  #requireFree(arn: string): void {
    if (!this.#byArn.has(arn) && !this.#elsewhere.has(arn)) return;
    throw new DirectoryRefusal('EntityAlreadyExists', `Provider ${arn} already exists.`);
  }
}

/**
 * The provider's ARN in a role's account, the other half of the pair in an assertion.
 * @throws DirectoryRefusal NoSuchEntity
 */
export function providerArnOf(provider: IdentityProvider, roleArn: string): string {
  const arn = provider.registrations.get(parseRoleArn(roleArn)?.accountId ?? '');
  if (arn !== undefined) return arn;
  throw new DirectoryRefusal(
    'NoSuchEntity',
    `${provider.name} is not registered in the account of ${roleArn}.`,
  );
}
