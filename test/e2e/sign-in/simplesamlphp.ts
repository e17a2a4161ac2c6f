import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { simpleSamlPages } from '../../../scripts/test/optional-programs.ts';

export interface SimpleSaml {
  /** Where a sign-in to AWS begins, without a request of the service. */
  readonly url: string;
  /** Its metadata document, as an administrator uploads it to IAM. */
  readonly metadata: string;
}

interface User {
  readonly userName: string;
  readonly password: string;
  /** As pairs of role and provider. */
  readonly roles: readonly string[];
}

/**
 * SimpleSAMLphp as an identity provider for AWS, for one test: its own configuration, certificate and
 * sessions in a scratch folder, its own pages on a port of PHP's server.
 */
export async function simpleSaml(user: User): Promise<SimpleSaml> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-simplesamlphp-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['metadata', 'cert', 'log', 'data', 'tmp', 'sessions']) {
    await mkdir(join(folder, name));
  }
  makeCertificate(join(folder, 'cert'));
  await writeFile(join(folder, 'config.php'), config(folder));
  await writeFile(join(folder, 'authsources.php'), users(user));
  await writeFile(join(folder, 'metadata', 'saml20-idp-hosted.php'), hosted);
  await writeFile(join(folder, 'metadata', 'saml20-sp-remote.php'), serviceOfAws);
  const origin = await serve(folder);
  const answer = await fetch(`${origin}/saml2/idp/metadata.php`);
  return {
    url: `${origin}/saml2/idp/SSOService.php?spentityid=urn:amazon:webservices`,
    metadata: await answer.text(),
  };
}

/** PHP's own server, at a port that it chooses; its origin. */
async function serve(folder: string): Promise<string> {
  const server = spawn('php', ['-S', '127.0.0.1:0', '-t', simpleSamlPages], {
    env: { PATH: process.env['PATH'], SIMPLESAMLPHP_CONFIG_DIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill();
  });
  const lines = createInterface(server.stderr);
  const [line] = (await once(lines, 'line')) as [string];
  // It writes a line for each request.
  lines.on('line', () => undefined);
  const origin = /\((http:\/\/127\.0\.0\.1:\d+)\) started/.exec(line)?.[1];
  if (origin === undefined) throw new Error(`PHP's server said: ${line}`);
  return origin;
}

function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'idp.pem'), '-out', join(folder, 'idp.crt')];
  const wanted = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=idp.corp.example'];
  execFileSync('openssl', ['req', '-x509', ...wanted, ...files], { stdio: 'ignore' });
}

/** SimpleSAMLphp's documentation, "Installation" and "IdP quickstart". */
function config(folder: string): string {
  return `<?php
$config = [
  'baseurlpath' => '',
  'certdir' => '${folder}/cert/',
  'loggingdir' => '${folder}/log/',
  'datadir' => '${folder}/data/',
  'tempdir' => '${folder}/tmp',
  'metadatadir' => '${folder}/metadata/',
  'secretsalt' => 'salt of a test',
  'auth.adminpassword' => 'password of a test',
  'logging.handler' => 'file',
  'timezone' => 'UTC',
  'enable.saml20-idp' => true,
  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
  'session.cookie.secure' => false,
  'session.cookie.samesite' => null,
  'session.phpsession.savepath' => '${folder}/sessions',
  'store.type' => 'phpsession',
  'language.default' => 'en',
  'metadata.sources' => [['type' => 'flatfile']],
];
`;
}

/** Attribute names: IAM User Guide "Configure SAML assertions for the authentication response". */
function users({ userName, password, roles }: User): string {
  const attributes = 'https://aws.amazon.com/SAML/Attributes';
  return `<?php
$config = [
  'staff' => [
    'exampleauth:UserPass',
    '${userName}:${password}' => [
      'uid' => ['${userName}'],
      '${attributes}/Role' => [${roles.map((role) => `'${role}'`).join(', ')}],
      '${attributes}/RoleSessionName' => ['${userName}'],
    ],
  ],
];
`;
}

const hosted = `<?php
$metadata['https://idp.corp.example/metadata'] = [
  'host' => '__DEFAULT__',
  'privatekey' => 'idp.pem',
  'certificate' => 'idp.crt',
  'auth' => 'staff',
];
`;

/** What AWS publishes of itself: https://signin.aws.amazon.com/static/saml-metadata.xml. */
const serviceOfAws = `<?php
$metadata['urn:amazon:webservices'] = [
  'AssertionConsumerService' => 'https://signin.aws.amazon.com/saml',
  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
];
`;
