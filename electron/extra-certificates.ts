import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts the certificates that NODE_EXTRA_CA_CERTS names. The fuse that keeps NODE_OPTIONS out of the
 * packaged app also makes Electron ignore this variable, and company networks need it. Returns a
 * notice for people if the file cannot be used.
 */
export function trustExtraCertificates(env: NodeJS.ProcessEnv): string | undefined {
  const file = env['NODE_EXTRA_CA_CERTS'];
  if (!file) return undefined;
  try {
    setDefaultCACertificates([
      ...getCACertificates('default'),
      ...certificatesIn(readFileSync(file, 'utf8')),
    ]);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `The certificates in ${file} (NODE_EXTRA_CA_CERTS) cannot be used: ${why}`;
  }
}

/** The certificates of a PEM bundle (RFC 7468), one by one. Throws Error if there is none. */
export function certificatesIn(bundle: string): readonly string[] {
  const found = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (found === null) throw new Error('it contains no certificate');
  return found;
}
