import type { TemporaryCredentials } from '../identity/temporary-credentials.ts';
import type { XmlContent } from './xml.ts';

/** The `Credentials` element (STS API Reference "Credentials"). */
export function credentialsAnswer(credentials: TemporaryCredentials): XmlContent {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: new Date(credentials.expiresAt).toISOString().replace('.000Z', 'Z'),
  };
}
