import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const worker = join(import.meta.dirname, 'aws-file-worker.ts');
const uid = 12_345;
const own = '# mine\n[dev]\naws_access_key_id = AKIAOWN\n[z]\n';

/** What a user without root's rights is answered; undefined where they cannot read this checkout. */
function asUser(folder: string, operations: string, writes = ''): string | undefined {
  const args = [worker, folder, operations, writes];
  const ran = spawnSync(process.execPath, args, { uid, gid: uid, encoding: 'utf8' });
  if (ran.error !== undefined) return undefined;
  const { stdout, stderr } = ran;
  if (/EACCES|Cannot find module/.test(stderr)) return undefined;
  expect(stderr).toBe('');
  return stdout;
}

function userFolder(): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'stint-user-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const one of [folder, join(folder, '.aws'), join(folder, 'stint')]) {
    mkdirSync(one, { recursive: true });
    chmodSync(one, 0o700);
    chownSync(one, uid, uid);
  }
  const file = join(folder, '.aws', 'credentials');
  writeFileSync(file, own);
  return { folder, file };
}

describe.runIf(process.getuid?.() === 0)('a user without the rights of root', () => {
  it('is refused before the start if the file belongs to root, and learns what to do', () => {
    const { folder, file } = userFolder();
    const answer = asUser(folder, 'prepare');
    if (answer === undefined) return;
    expect(answer).toContain(`${file} cannot be written: it belongs to root. It is unchanged.`);
    expect(answer).toContain('Make it yours: sudo chown ');
    expect(readFileSync(file, 'utf8')).toBe(own);
  });

  it('keeps their own section where the folder can be written but not read', () => {
    const { folder, file } = userFolder();
    chownSync(file, uid, uid);
    chmodSync(join(folder, '.aws'), 0o300);
    const answer = asUser(folder, 'start,stop');
    if (answer === undefined) return;
    expect(answer).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(own);
  });
});
