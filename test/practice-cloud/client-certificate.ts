import 'reflect-metadata';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A certificate as somebody makes one for an application, and its key, PEM both. */
export async function makeClientCertificate() {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=pipeline',
    keys,
    signingAlgorithm: algorithm,
  });
  const key = PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  return { certificate: certificate.toString('pem'), key };
}

export type ClientCertificate = Awaited<ReturnType<typeof makeClientCertificate>>;

/** A client assertion as "Certificate credentials" has it, or one that is wrong in a way named. */
export async function clientAssertion(
  { certificate, key }: ClientCertificate,
  clientId: string,
  audience: string,
  wrong: {
    readonly alg?: 'RS256' | 'PS256' | 'RS512';
    readonly issuer?: string;
    readonly jti?: string;
    readonly secondsLeft?: number;
    /** Which thumbprint names the certificate. */
    readonly thumbprint?: 'x5t' | 'x5t#S256';
  } = {},
): Promise<string> {
  const { raw } = new X509Certificate(certificate);
  const name = wrong.thumbprint ?? 'x5t#S256';
  const hash = name === 'x5t' ? 'sha1' : 'sha256';
  return await new SignJWT({ jti: wrong.jti ?? randomUUID() })
    .setProtectedHeader({
      alg: wrong.alg ?? 'PS256',
      typ: 'JWT',
      [name]: createHash(hash).update(raw).digest('base64url'),
    })
    .setIssuer(wrong.issuer ?? clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + (wrong.secondsLeft ?? 600))
    .sign(createPrivateKey(key));
}
