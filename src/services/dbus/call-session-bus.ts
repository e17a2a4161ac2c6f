import { execFile } from 'node:child_process';

/** How long the message bus may take, in milliseconds: right after a login a machine is busy. */
const patience = 10_000;

/** A method call on the session bus of a Linux desktop (freedesktop.org, "D-Bus Specification"). */
export interface BusCall {
  readonly service: string;
  readonly path: string;
  readonly method: string;
  /** The same arguments as each program writes them. */
  readonly gdbus: readonly string[];
  readonly dbusSend: readonly string[];
}

/**
 * What the service answers, as text of the program that asked: a desktop has gdbus or dbus-send.
 * Undefined without an answer. Never rejects.
 */
export async function callSessionBus(
  { service, path, method, gdbus, dbusSend }: BusCall,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const options = ['--session', '--dest', service, '--object-path', path, '--method', method];
  const address = ['--session', '--print-reply', `--dest=${service}`, path, method];
  return (
    (await outputOf('gdbus', ['call', ...options, ...gdbus], env)) ??
    (await outputOf('dbus-send', [...address, ...dbusSend], env))
  );
}

async function outputOf(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    execFile(program, args, { env, timeout: patience, killSignal: 'SIGKILL' }, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
}
