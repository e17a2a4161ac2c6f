import type {
  CreatedSamlProvider,
  CreatedSamlUser,
  NewSamlProvider,
  NewSamlUser,
  SamlRegistration,
  SamlResponseRequest,
  SamlUserName,
} from './contract.ts';

/** The part of the admin client that is about identity providers. */
export interface SamlAdmin {
  /** An identity provider, or one that is there registered in one more account. */
  createSamlProvider(provider: NewSamlProvider): Promise<CreatedSamlProvider>;
  /** Registers one that runs elsewhere by its metadata document; its ARN. */
  registerSamlProvider(registration: SamlRegistration): Promise<string>;
  /** Somebody who may sign in there, with an MFA device where the provider asks for codes. */
  createSamlUser(user: NewSamlUser): Promise<CreatedSamlUser>;
  /** A code that the provider accepts now; waits for the next one if that one was used. */
  samlCode(user: SamlUserName): Promise<string>;
  /** A response as the provider would post it, or one that is wrong in the way asked. Base64. */
  samlResponse(request: SamlResponseRequest): Promise<string>;
  /** Nobody is signed in at the provider any more. */
  endSamlCookies(idpArn: string): Promise<void>;
}

export function samlAdmin(
  call: <T>(method: string, path: string, body: unknown) => Promise<T>,
): SamlAdmin {
  return {
    createSamlProvider: (provider) => call('POST', 'saml/providers', provider),
    registerSamlProvider: async (registration) =>
      (await call<{ idpArn: string }>('POST', 'saml/registrations', registration)).idpArn,
    createSamlUser: (user) => call('POST', 'saml/users', user),
    samlCode: async (user) => (await call<{ code: string }>('POST', 'saml/code', user)).code,
    samlResponse: async (request) =>
      (await call<{ samlResponse: string }>('POST', 'saml/responses', request)).samlResponse,
    endSamlCookies: (idpArn) => call('DELETE', 'saml/cookies', { idpArn }),
  };
}
