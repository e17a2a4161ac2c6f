import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { leappDraft } from '../../../src/services/import/sources/leapp/importer.ts';
import { keysFromKeychain } from '../../../src/services/import/sources/leapp/keys.ts';
import {
  givenMachineId,
  machineIds,
  type MachineReader,
} from '../../../src/services/import/sources/leapp/machine-id.ts';
import { openWorkspace } from '../../../src/services/import/sources/leapp/open-workspace.ts';

const id = 'b2f0c1d4e5f60718293a4b5c6d7e8f90';
const path = new URL('../../fixtures/import/leapp/workspace.leapp', import.meta.url);
const file = '/home/anna/.Leapp/Leapp-lock.json';
const draft = leappDraft(
  openWorkspace(readFileSync(path, 'utf8'), { file, ids: givenMachineId(id) }),
  file,
);

describe('the id of the machine', () => {
  const machine = (changes: Partial<MachineReader>): MachineReader => ({
    platform: 'linux',
    file: () => Promise.resolve(undefined),
    run: () => Promise.resolve(undefined),
    hostname: () => 'Laptop',
    ...changes,
  });
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');

  it('is that of D-Bus or systemd on Linux, in each way that node-machine-id has read them', async () => {
    const files = new Map([
      ['/var/lib/dbus/machine-id', 'AAAA\n'],
      ['/etc/machine-id', 'bbbb\n'],
    ]);
    const found = await machineIds(machine({ file: (path) => Promise.resolve(files.get(path)) }));
    expect(found.map(({ passphrase }) => passphrase)).toEqual(
      ['aaaa', 'bbbb', 'aaaabbbb', 'laptop'].map(hash),
    );
  });

  it('is the platform UUID on macOS and the MachineGuid on Windows', async () => {
    const ioreg = '  "IOPlatformUUID" = "98912984-C4E9-5CEB-8000-03882A0485E4"\n';
    const reg = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\r\n    MachineGuid    REG_SZ    0D2B-Ef\r\n';
    const mac = await machineIds(
      machine({ platform: 'darwin', run: () => Promise.resolve(ioreg) }),
    );
    const windows = await machineIds(
      machine({ platform: 'win32', run: () => Promise.resolve(reg) }),
    );
    expect(mac[0]?.passphrase).toBe(hash('98912984-c4e9-5ceb-8000-03882a0485e4'));
    expect(windows[0]?.passphrase).toBe(hash('0d2b-ef'));
  });

  it('may be given as the system shows it, or hashed', () => {
    expect(givenMachineId(' B2F0 \n')[0]?.passphrase).toBe(hash('b2f0'));
    expect(givenMachineId(hash(id))[1]?.passphrase).toBe(hash(id));
  });
});

describe('access keys in the keychain', () => {
  const items = new Map([
    [
      '00000001-1111-4222-8333-444444444444-iam-user-aws-session-access-key-id',
      'AKIAIOSFODNN7EXAMPLE',
    ],
    ['00000001-1111-4222-8333-444444444444-iam-user-aws-session-secret-access-key', 'a-secret'],
  ]);

  it('come with the IAM user they belong to; one without is named', async () => {
    const withKeys = await keysFromKeychain(draft, {
      read: (account) => Promise.resolve(items.get(account)),
    });
    expect((withKeys.sessions ?? []).slice(0, 2).map(({ keys }) => keys)).toEqual([
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'a-secret' },
      undefined,
    ]);
    expect(withKeys.skipped?.at(-1)).toMatchObject({ kind: 'accessKeys', name: 'lab user' });
  });

  it('stay where they are, with the reason, while the keychain does not answer', async () => {
    let asked = 0;
    const withKeys = await keysFromKeychain(draft, {
      read: () => {
        asked += 1;
        throw new Problem('keychain-unavailable', {
          next: 'Try again.',
          detail: 'The keychain is locked.',
        });
      },
    });
    expect(asked).toBe(1);
    expect(withKeys.skipped?.slice(-2).map(({ name, reason }) => [name, reason])).toEqual([
      ['break-glass', 'The keychain is locked. Its access keys stay there.'],
      ['lab user', 'The keychain is locked. Its access keys stay there.'],
    ]);
  });
});
