import type { Session } from '../connection/owner-client.ts';
import type { Delivery } from '../sessions/delivery-text.ts';

export interface Use {
  readonly title: string;
  readonly command: string;
}

/**
 * The commands that use the session; they contain no secrets. `name`: the name or id that the
 * command accepts. A session that is not delivered to a file has no profile or subscription to use.
 */
export function usesOf(session: Session, name: string, delivery: Delivery): readonly Use[] {
  const word = quoted(name);
  const env = { title: 'env', command: `eval "$(stint env ${word})"` };
  const stint = {
    title: 'Stint',
    command: `stint ${session.status === 'inactive' ? 'start' : 'stop'} ${word}`,
  };
  if (session.type === 'azure') {
    const az = `az account show --subscription ${session.subscriptionId}`;
    return [
      ...(delivery === 'azure-cli' ? [{ title: 'Azure CLI', command: az }] : []),
      { title: 'exec', command: `stint exec ${word} -- az account show` },
      env,
      powerShellEnv(name),
      stint,
    ];
  }
  const exec = { title: 'exec', command: `stint exec ${word} -- aws sts get-caller-identity` };
  if (delivery === 'endpoint-only') return [exec, env, powerShellEnv(name), stint];
  const profile = quoted(session.profileName);
  return [
    { title: 'AWS CLI', command: `aws sts get-caller-identity --profile ${profile}` },
    { title: 'Shell', command: `export AWS_PROFILE=${profile}` },
    { title: 'PowerShell', command: `$env:AWS_PROFILE = ${powerShell(session.profileName)}` },
    exec,
    env,
    stint,
  ];
}

function powerShellEnv(name: string): Use {
  const word = /^[\w.-]+$/.test(name) ? name : powerShell(name);
  return {
    title: 'PowerShell',
    command: `stint env ${word} --shell powershell | Out-String | Invoke-Expression`,
  };
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w.@%+=:,/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function powerShell(word: string): string {
  return `'${word.replaceAll("'", "''")}'`;
}
