import { command } from '../demo/scratch.ts';
import type { Delivery } from './client.ts';

/** How a program is run so that a delivery reaches it: its line, and variables beside. */
export interface Delivered {
  readonly line: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const stint = [process.execPath, command] as const;

/** At the shell of a person: the variables of `stint env`, and then the program. */
function inShell(name: string, flags: string, line: readonly string[]): Delivered {
  const typed = `eval "$("$1" "$2" env "$3" --shell bash ${flags})"; shift 3; exec "$@"`;
  return { line: ['bash', '-c', typed, 'bash', ...stint, name, ...line], env: {} };
}

/** `profile`: of the session; `by-process` is the person's own. */
export function deliver(delivery: Delivery, name: string, line: readonly string[]): Delivered {
  switch (delivery) {
    case 'credentials-file':
    case 'credential-process':
      return { line, env: { AWS_PROFILE: name } };
    case 'credential_process':
      return { line, env: { AWS_PROFILE: 'by-process' } };
    case 'azure-cli':
      return { line, env: {} };
    case 'exec':
      return { line: [...stint, 'exec', name, '--', ...line], env: {} };
    case 'exec --process':
      return { line: [...stint, 'exec', '--process', name, '--', ...line], env: {} };
    case 'env':
      return inShell(name, '', line);
    case 'env --static':
      return inShell(name, '--static', line);
  }
}
