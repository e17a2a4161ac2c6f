import { dirname, join } from 'node:path';
import { Problem } from '../../../../models/problem.ts';
import { decrypt, readEncrypted } from './decrypt.ts';
import type { MachineId } from './machine-id.ts';
import { understandWorkspace, type LeappWorkspace } from './workspace.ts';

/**
 * The workspace in the text of Leapp's file: encrypted as Leapp does, or the JSON that somebody has
 * decrypted. Throws Problem 'file-unreadable', which says whether the machine id is wrong or the file is damaged.
 */
export function openWorkspace(
  text: string,
  { file, ids }: { readonly file: string; readonly ids: readonly MachineId[] },
): LeappWorkspace {
  const trimmed = text.trim();
  const json = trimmed.startsWith('{') ? trimmed : decrypted(trimmed, file, ids);
  const workspace = understandWorkspace(parsed(json));
  if (workspace === undefined) {
    throw damaged(file, 'what is in it is not a workspace of Leapp');
  }
  return workspace;
}

function decrypted(text: string, file: string, ids: readonly MachineId[]): string {
  const encrypted = readEncrypted(text);
  if (encrypted === undefined) {
    throw damaged(file, 'it is not the encrypted text that Leapp writes, or its end is missing');
  }
  for (const { passphrase } of ids) {
    const { beginning, text: plain } = decrypt(encrypted, passphrase);
    // Leapp's text is a JSON object; with another key it would begin like that by chance once in 65,536 times.
    if (!/^\{\s*"/.test(beginning)) continue;
    if (plain !== undefined && parsed(plain) !== undefined) return plain;
    throw damaged(file, 'the machine id is right, but the text in it is damaged');
  }
  throw new Problem('file-unreadable', {
    detail:
      `${file} cannot be decrypted. Leapp encrypts it with the id of the machine; ` +
      (ids.length === 0
        ? 'this one has none.'
        : `tried: ${[...new Set(ids.map(({ from }) => from))].join(', ')}.`),
    next:
      'If the file comes from another machine, give that machine’s id with --machine-id ' +
      '(Linux: `cat /etc/machine-id`; macOS: `ioreg -rd1 -c IOPlatformExpertDevice`, IOPlatformUUID; ' +
      'Windows: `reg query HKLM\\SOFTWARE\\Microsoft\\Cryptography /v MachineGuid`).',
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function damaged(file: string, why: string): Problem {
  return new Problem('file-unreadable', {
    detail: `${file} cannot be read: ${why}. Stint did not change it.`,
    next: `Leapp keeps a copy. Try it: stint import leapp --file ${join(dirname(file), 'Leapp-lock.backup.bin')}`,
  });
}
