import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import { launchAgentLabel, serviceFileOf } from '../../models/service-file.ts';
import { CommandFailure } from '../failure.ts';
import { launchAgent } from './launch-agent.ts';
import type { ServiceProgram } from './service-program.ts';
import { systemdUnit } from './systemd-unit.ts';

export interface ServiceOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly program: readonly string[];
  readonly platform?: NodeJS.Platform;
}

/** What an outcome leaves to do by hand; undefined if nothing. */
export interface ServiceOutcome {
  readonly file: string;
  readonly byHand: string | undefined;
}

/** One way of a system to run the agent at login. */
interface ServiceKind {
  readonly file: string;
  readonly text: (service: ServiceProgram) => string;
  /** Commands that make the system read the file; `now` also starts the agent. */
  readonly enable: (now: boolean) => readonly (readonly string[])[];
  /** Before the file is removed. An agent that runs continues where the system allows it. */
  readonly disable: readonly (readonly string[])[];
  /** After that. */
  readonly reload: readonly (readonly string[])[];
}

/**
 * Makes the system run the agent at each login, and now too unless `now` is false. Installing again
 * replaces the file. Throws CommandFailure 'failed' on a system for which Stint knows no way.
 */
export async function installService(
  options: ServiceOptions & { readonly now: boolean },
): Promise<ServiceOutcome> {
  const { env, program, now } = options;
  const { file, text, enable } = serviceKind(options);
  const content = text({ program, environment: kept(env) });
  await mkdir(dirname(file), { recursive: true });
  const written = `${file}.${randomUUID()}`;
  await writeFile(written, content, { mode: 0o644 });
  await rename(written, file);
  return { file, byHand: await runAll(enable(now), env) };
}

/** Undoes installService. The agent that runs now continues, except on macOS. Throws as installService does. */
export async function uninstallService(options: ServiceOptions): Promise<ServiceOutcome> {
  const { file, disable, reload } = serviceKind(options);
  const disabled = await runAll(disable, options.env);
  await rm(file, { force: true });
  // systemctl disables by links beside the file, which are worth nothing without it.
  const reloaded = await runAll(reload, options.env);
  return { file, byHand: disabled ?? reloaded };
}

function serviceKind({ env, platform = process.platform }: ServiceOptions): ServiceKind {
  const home = env['HOME'] || homedir();
  const file = serviceFileOf(platform, { home, configHome: env['XDG_CONFIG_HOME'] });
  if (platform === 'linux' && file !== undefined) {
    const systemctl = (...args: readonly string[]) => ['systemctl', '--user', ...args];
    const reload = [systemctl('daemon-reload')];
    return {
      file,
      text: systemdUnit,
      enable: (now) => [...reload, systemctl('enable', ...(now ? ['--now'] : []), 'stint.service')],
      disable: [systemctl('disable', 'stint.service')],
      reload,
    };
  }
  if (platform === 'darwin' && file !== undefined) {
    const domain = `gui/${userInfo().uid}`;
    return {
      file,
      text: launchAgent,
      // launchd loads what is in this folder at the next login by itself.
      enable: (now) => (now ? [['launchctl', 'bootstrap', domain, file]] : []),
      disable: [['launchctl', 'bootout', `${domain}/${launchAgentLabel}`]],
      reload: [],
    };
  }
  throw new CommandFailure(
    'failed',
    'Stint cannot start its agent at login on this system.',
    'Run `stint agent start` at login, for example with the Task Scheduler. Any command starts it, too.',
  );
}

/** Never the passphrase: the file is readable for others. */
function kept(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const paths = ['STINT_HOME', 'XDG_CONFIG_HOME'].flatMap((name) => {
    const path = env[name];
    return path ? [[name, resolve(expandPath(path, env, env['HOME'] || homedir()))] as const] : [];
  });
  const method = env['STINT_SECRETS'];
  return Object.fromEntries([...paths, ...(method ? [['STINT_SECRETS', method] as const] : [])]);
}

/** Runs commands until one fails; then the rest, as a line to type. */
async function runAll(
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  for (const [index, [name = '', ...args]] of commands.entries()) {
    const passed = await new Promise<boolean>((done) => {
      execFile(name, args, { env, timeout: 60_000 }, (error) => done(error === null));
    });
    if (!passed)
      return commands
        .slice(index)
        .map((words) => words.join(' '))
        .join(' && ');
  }
  return undefined;
}
