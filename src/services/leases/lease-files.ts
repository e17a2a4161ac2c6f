import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, unwritable } from '../files/private-file.ts';

/**
 * A folder for each lease (0700), with the file that SDKs read the token from at every refresh. Its
 * holder may add its own files; the folder is removed with the lease.
 */
export class LeaseFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns the file of the token. Throws Problem 'file-unwritable'. */
  async writeToken(leaseId: string, token: string): Promise<string> {
    const folder = join(this.#folder, leaseId);
    const file = join(folder, 'token');
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw unwritable(file, error as NodeJS.ErrnoException);
    }
    await replaceFile(file, token);
    return file;
  }

  /** Its folder, of each lease that has one. */
  async folders(): Promise<ReadonlyMap<string, string>> {
    const found = await readdir(this.#folder).catch(() => []);
    return new Map(found.map((leaseId) => [leaseId, join(this.#folder, leaseId)]));
  }

  /** Never throws: what stays behind opens nothing any more, and goes with a later `keepOnly`. */
  async remove(leaseId: string): Promise<void> {
    await rm(join(this.#folder, leaseId), { recursive: true, force: true }).catch(() => undefined);
  }

  /** Removes the folders of all leases but the wanted ones. */
  async keepOnly(isWanted: (leaseId: string) => boolean): Promise<void> {
    const found = await readdir(this.#folder).catch(() => []);
    for (const leaseId of found) if (!isWanted(leaseId)) await this.remove(leaseId);
  }
}
