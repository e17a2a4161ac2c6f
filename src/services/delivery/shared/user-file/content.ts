import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from './error-code.ts';

/*
 * Contents of users' files are bytes here, and texts in latin1 only where it is planned what to write. A text
 * of a large file, or another copy of its bytes, costs more to make than the file costs to read: V8 and
 * the system's allocator take new memory for it each time.
 */

/** Of what is read at once to be compared, in bytes. */
const pieceLength = 65_536;

/** Read and compared without a pause in between, so that one is enough. */
const piece = Buffer.allocUnsafeSlow(pieceLength);

/** Whether the file at `path` has exactly these bytes; false if it does not exist. Throws the system's error. */
export function fileHolds(path: string, bytes: Buffer): boolean {
  let descriptor;
  try {
    descriptor = openSync(path, 'r');
    return descriptorHolds(descriptor, bytes);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The same for an open file, which may no longer have a name. */
export function handleHolds(handle: FileHandle, bytes: Buffer): boolean {
  return descriptorHolds(handle.fd, bytes);
}

/** All that an open file holds, whatever was read of it before. */
export async function contentOf(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat();
  const buffer = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(buffer, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** A part of a content: bytes of what was read, or a text in latin1. */
export type Piece = Buffer | string;

/** The bytes of a content. Its pieces are not joined as a text, which would be one more copy. */
export function bytesOf(pieces: readonly Piece[]): Buffer {
  const bytes = Buffer.allocUnsafe(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    at += typeof piece === 'string' ? bytes.write(piece, at, 'latin1') : piece.copy(bytes, at);
  }
  return bytes;
}

function descriptorHolds(descriptor: number, bytes: Buffer): boolean {
  let at = 0;
  for (;;) {
    const length = readSync(descriptor, piece, 0, pieceLength, at);
    if (length === 0) return at === bytes.length;
    if (piece.compare(bytes, at, Math.min(at + length, bytes.length), 0, length) !== 0)
      return false;
    at += length;
  }
}
