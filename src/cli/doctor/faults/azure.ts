import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expandPath } from '../../../models/path-variables.ts';
import type { Facts } from '../facts.ts';
import { hint, problem, type Finding } from '../finding.ts';

/** az reads an encrypted cache, and Stint writes the plain one. */
export function encryptedCache({ env, platform, azureCli, agent }: Facts): readonly Finding[] {
  if (!agent.sessions.some(({ type, delivery }) => type === 'azure' && delivery === 'azure-cli')) {
    return [];
  }
  const fromShell = env['AZURE_CORE_ENCRYPT_TOKEN_CACHE'];
  const chosen = fromShell === undefined ? azureCli.encrypts : /^(1|yes|true|on)$/i.test(fromShell);
  if (!(chosen ?? (platform === 'win32' || azureCli.hasEncryptedCache))) return [];
  return [
    hint(
      'The Azure CLI encrypts its tokens here, so it does not see a session that Stint starts.',
      'Use stint exec NAME -- az …, or: az config set core.encrypt_token_cache=false',
    ),
  ];
}

/** az in this shell has another folder than the agent writes to. */
export function otherAzureFolder({ env, agent, home }: Facts): readonly Finding[] {
  const userHome = env['HOME'] || homedir();
  const set = env['AZURE_CONFIG_DIR'];
  const here = set ? resolve(expandPath(set, env, userHome)) : join(userHome, '.azure');
  const { azureConfigDir } = agent.settings;
  // `stint exec` and `stint env` set one of Stint's own.
  if (here === azureConfigDir || here.startsWith(join(home, 'azure'))) return [];
  return [
    problem(
      `The Azure CLI in this shell uses ${here}, but the agent writes ${azureConfigDir}.`,
      `Set AZURE_CONFIG_DIR to the agent's folder here, or: stint settings set azure-config-dir ${here}`,
    ),
  ];
}

const ownSignIns = {
  AZURE_CLIENT_ID: [
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PATH',
    'AZURE_FEDERATED_TOKEN_FILE',
  ],
  ARM_CLIENT_ID: ['ARM_CLIENT_SECRET', 'ARM_CLIENT_CERTIFICATE_PATH', 'ARM_OIDC_TOKEN'],
} as const;

/** An application's sign-in in the environment wins over the account that Stint adds to the Azure CLI. */
export function applicationInShell({ env }: Facts): readonly Finding[] {
  return Object.entries(ownSignIns).flatMap(([id, secrets]) => {
    const set = secrets.filter((name) => env[name]);
    if (!env[id] || set.length === 0) return [];
    const tools = id.startsWith('ARM') ? 'Terraform signs' : 'the Azure SDKs sign';
    return [
      problem(
        `This shell sets ${[id, ...set].join(', ')}: ${tools} in with these instead of a session.`,
        `Remove them here: unset ${[id, ...set].join(' ')}`,
      ),
    ];
  });
}
