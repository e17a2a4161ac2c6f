import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** A passphrase that a workspace may be encrypted with. `from`: where its id was found, for people. */
export interface MachineId {
  readonly passphrase: string;
  readonly from: string;
}

/** What of the machine its id is read from; undefined where it does not exist. */
export interface MachineReader {
  readonly platform: NodeJS.Platform;
  readonly file: (path: string) => Promise<string | undefined>;
  readonly run: (program: string, args: readonly string[]) => Promise<string | undefined>;
  readonly hostname: () => string;
}

/** Leapp encrypts with the SHA-256 of the id that node-machine-id reads (`machineIdSync()`). */
function passphraseOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** node-machine-id, index.js: without blanks, in lower case. */
function plain(id: string): string {
  return id.replaceAll(/\s+/g, '').toLowerCase();
}

/** An id that somebody gave: as the system shows it, or already hashed. */
export function givenMachineId(id: string): readonly MachineId[] {
  const from = 'the given machine id';
  return [
    { passphrase: passphraseOf(plain(id)), from },
    { passphrase: plain(id), from },
  ];
}

/** The ids of this machine, as the versions of node-machine-id have read them. */
export async function machineIds(machine: MachineReader): Promise<readonly MachineId[]> {
  const found = await idsOf(machine);
  const ids = new Map(
    found.flatMap(({ id, from }) => (id === undefined || id === '' ? [] : [[plain(id), from]])),
  );
  return [...ids].map(([id, from]) => ({ passphrase: passphraseOf(id), from }));
}

async function idsOf(
  machine: MachineReader,
): Promise<readonly { readonly id: string | undefined; readonly from: string }[]> {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all others are like Linux
  switch (machine.platform) {
    case 'darwin': {
      const shown = await machine.run('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
      return [{ id: /"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(shown ?? '')?.[1], from: 'ioreg' }];
    }
    case 'win32': {
      const key = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography`;
      const shown = await machine.run('reg.exe', ['QUERY', key, '/v', 'MachineGuid']);
      return [{ id: /REG_SZ\s+(\S+)/.exec(shown ?? '')?.[1], from: `MachineGuid of ${key}` }];
    }
    default: {
      const files = ['/var/lib/dbus/machine-id', '/etc/machine-id'] as const;
      const [dbus, etc] = await Promise.all(files.map((file) => machine.file(file)));
      return [
        { id: dbus?.split('\n')[0], from: files[0] },
        { id: etc?.split('\n')[0], from: files[1] },
        // Older versions read both files as one id; newer ones take the host's name where neither is there.
        { id: `${dbus ?? ''}${etc ?? ''}`, from: files.join(' and ') },
        { id: machine.hostname(), from: 'the host name' },
      ];
    }
  }
}

/** This machine. Programs have 5 s to answer. */
export function thisMachine(): MachineReader {
  const run = promisify(execFile);
  return {
    platform: process.platform,
    file: (path) => readFile(path, 'utf8').catch(() => undefined),
    run: (program, args) =>
      run(program, args, { timeout: 5000, windowsHide: true }).then(
        ({ stdout }) => stdout,
        () => undefined,
      ),
    hostname,
  };
}
