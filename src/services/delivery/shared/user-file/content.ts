import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from './error-code.ts';

/*
 * Contents of users' files, compared and read in latin1. A text of a large file costs more to make than
 * the file costs to read, so none is made to find that nothing changed.
 */

/** Of what is compared at once, in bytes. */
const pieceLength = 65_536;

/** Whether the file at `path` has exactly that content; false if it does not exist. Throws the system's error. */
export function fileHolds(path: string, text: string): boolean {
  let descriptor;
  try {
    descriptor = openSync(path, 'r');
    // One more than there should be: a longer file has it.
    const buffer = Buffer.allocUnsafe(text.length + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    }
    return areBytesOf(text, buffer.subarray(0, length));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The same for an open file, which may no longer have a name. */
export async function handleHolds(handle: FileHandle, text: string): Promise<boolean> {
  return areBytesOf(text, await readFrom(handle, text.length + 1));
}

/** All that an open file holds, whatever was read of it before. */
export async function contentOf(handle: FileHandle): Promise<string> {
  return (await readFrom(handle, (await handle.stat()).size)).toString('latin1');
}

/** The bytes of a text in latin1. */
export function latin1Bytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  bytes.write(text, 'latin1');
  return bytes;
}

function areBytesOf(text: string, bytes: Buffer): boolean {
  if (bytes.length !== text.length) return false;
  for (let at = 0; at < bytes.length; at += pieceLength) {
    if (
      !text.startsWith(bytes.toString('latin1', at, Math.min(at + pieceLength, bytes.length)), at)
    ) {
      return false;
    }
  }
  return true;
}

/** From the beginning, at most so many bytes. */
async function readFrom(handle: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(most);
  let length = 0;
  while (length < most) {
    const { bytesRead } = await handle.read(buffer, length, most - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}
