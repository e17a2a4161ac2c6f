/** A text that can hold variables of the shell, such as `$SESSION`. */
type Text = string;

/** A request that shows how a route is called. */
export interface Example {
  /** The parameters of the path, by name. */
  readonly path?: Readonly<Record<string, Text>>;
  readonly query?: Readonly<Record<string, Text>>;
  /** Headers besides that of the client token, which every route takes that is not open. */
  readonly headers?: Readonly<Record<string, Text>>;
  /** The body as JSON; a text that is a variable means its value. */
  readonly body?: object;
}

/** The variables of the examples, each with a value as it could be. */
export const exampleVariables: Readonly<Record<string, string>> = {
  SESSION: '0c8f7a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
  ROLE_SESSION: '2f7b81d4-6c39-4e05-b1a8-d90c5e3f7a62',
  ETAG: '"3"',
  LEASE: '6d1b0b7e-4a55-4c1f-8f0e-2b9f3c7d1e02',
  LEASE_TOKEN: 'the token of the lease',
  AZURE_SESSION: '9b2f64c1-0d3e-4f7a-8a52-c41d7be05f13',
  AZURE_LEASE_TOKEN: 'the token of the lease',
  INTEGRATION: 'e3a1c5d7-2b4f-4f60-9c8e-71d2a0b9f424',
  IDP: '48c0e2b6-7f19-4a3d-b5e8-0d9c6a1f2735',
  PROMPT: 'b7d93f10-5c2a-4e86-a1f4-92e0c8d5b346',
  CODE: '492039',
  CHANGE: 'section-5d1c09ab',
  NEW_TOKEN: 'the token to look at',
  TOKEN_ID: '1f6ad8c3-e027-4b95-8d31-5a7e9c0b2457',
  START_URL: 'https://acme.awsapps.com/start',
  ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  PASSPHRASE: 'the passphrase of the vault',
  NEW_PASSPHRASE: 'the next passphrase of the vault',
};

/** `text` with the values of `exampleVariables`. */
export function withExampleValues(text: Text): string {
  return text.replaceAll(/\$([A-Z_]+)/g, (whole, name: string) => exampleVariables[name] ?? whole);
}

/** The same throughout a body. */
export function bodyWithExampleValues(body: object): unknown {
  return JSON.parse(JSON.stringify(body), (_name, value: unknown) =>
    typeof value === 'string' ? withExampleValues(value) : value,
  );
}
