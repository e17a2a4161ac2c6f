import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../models/settings.ts';
import { ok, problem, type Finding } from './finding.ts';

type CertificateSettings = Pick<Settings, 'caBundle' | 'azureCaBundle'>;

/** Whether the certificates that Stint must trust in addition can be read: a file, or a folder of files. */
export function checkCertificates(settings: CertificateSettings): readonly Finding[] {
  return (['caBundle', 'azureCaBundle'] as const).flatMap((setting) => {
    const path = settings[setting];
    if (path === undefined) return [];
    const wrong = faultOf(path);
    if (wrong === undefined) return [ok(`Certificates of ${path}`)];
    return [
      problem(
        `Stint cannot use the certificates of ${path}: ${wrong}.`,
        `Correct it: stint settings set ${setting} PATH, or stint settings unset ${setting}`,
      ),
    ];
  });
}

function faultOf(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory()) {
      return readdirSync(path).some((name) => holdsCertificate(join(path, name)))
        ? undefined
        : 'no file in it holds a certificate in PEM format';
    }
    return /-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(readFileSync(path, 'utf8'))
      ? undefined
      : 'it holds no certificate in PEM format';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function holdsCertificate(file: string): boolean {
  return (
    statSync(file, { throwIfNoEntry: false })?.isFile() === true && faultOf(file) === undefined
  );
}
