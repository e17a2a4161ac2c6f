import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AzureCredentials } from '../../models/credentials.ts';
import type { AzureSession } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { replaceFile, unwritable } from '../files/private-file.ts';
import { ownAzConfig } from './az-own-config.ts';
import { cloudNameOf, customCloudFile, identityFiles, userFiles } from './az-profile-files.ts';
import { keepWarm, warmUp } from './az-warm-files.ts';

interface Options {
  readonly folder: string;
  /** For what az need not make again in the next folder. */
  readonly kept: string;
  /** The user's own AZURE_CONFIG_DIR. */
  readonly usersFolder: () => string;
  readonly cloudOf: (session: AzureSession) => AzureCloud;
  /** Of a session that is active; undefined for any other, or while the vault is locked. */
  readonly credentialsOf: (session: AzureSession) => Promise<AzureCredentials | undefined>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A configuration folder of the Azure CLI for each session, so that several run side by side. */
export class AzureConfigFolders {
  readonly #options: Options;
  /** A folder is either prepared or removed, by session. */
  readonly #folders = new KeyedMutex();
  /** The state of each session that was last written, or had nothing to be written. */
  readonly #followed = new Map<string, string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** The AZURE_CONFIG_DIR of the session. Throws Problem 'file-unwritable'. */
  async prepare(session: AzureSession): Promise<string> {
    const { sessionId } = session;
    const { kept, usersFolder, cloudOf } = this.#options;
    return await this.#folders.run(sessionId, async () => {
      const folder = this.#folderOf(sessionId);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
      } catch (error) {
        throw unwritable(folder, error as NodeJS.ErrnoException);
      }
      const cloud = cloudOf(session);
      const users = await readFile(join(usersFolder(), 'config'), 'utf8').catch(() => '');
      await replaceFile(join(folder, 'config'), ownAzConfig(users, cloudNameOf(cloud)));
      if (cloud.name === 'custom') {
        await replaceFile(join(folder, 'clouds.config'), customCloudFile(cloud));
      }
      await warmUp(folder, [usersFolder(), kept]);
      await this.#writeProfile(session);
      return folder;
    });
  }

  /**
   * Keeps the folder of a session up to date: called at each change. Never throws: what could not
   * be written now is with the next change, and az gets older tokens, or none, until then.
   */
  async follow(session: AzureSession): Promise<void> {
    const { sessionId, status, rotatedAt, run } = session;
    const state = [status, run?.id, rotatedAt].join(' ');
    if (this.#followed.get(sessionId) === state) return;
    this.#followed.set(sessionId, state);
    await this.#refresh(session).catch(() => this.#followed.delete(sessionId));
  }

  /** Its folder, of each session that has one. */
  async folders(): Promise<ReadonlyMap<string, string>> {
    const found = await readdir(this.#options.folder).catch(() => []);
    return new Map(found.map((sessionId) => [sessionId, this.#folderOf(sessionId)]));
  }

  /** Removes the folder of a session. Never throws. */
  async remove(sessionId: string): Promise<void> {
    this.#followed.delete(sessionId);
    await this.#folders.run(sessionId, () => this.#remove(sessionId));
  }

  /**
   * Removes the folders of all sessions but the wanted ones; never throws. A folder that is just
   * prepared is wanted by then: its lease exists before its folder.
   */
  async keepOnly(isWanted: (sessionId: string) => boolean): Promise<void> {
    for (const sessionId of await readdir(this.#options.folder).catch(() => [])) {
      await this.#folders.run(sessionId, async () => {
        if (!isWanted(sessionId)) await this.#remove(sessionId);
      });
    }
  }

  /** Tokens of a session that was renewed are written, those of one that has ended are removed. */
  async #refresh(session: AzureSession): Promise<void> {
    const { sessionId } = session;
    await this.#folders.run(sessionId, async () => {
      const isThere = await stat(this.#folderOf(sessionId)).catch(() => undefined);
      if (isThere !== undefined) await this.#writeProfile(session);
    });
  }

  async #writeProfile(session: AzureSession): Promise<void> {
    const { cloudOf, credentialsOf, clock } = this.#options;
    const folder = this.#folderOf(session.sessionId);
    const cloud = cloudOf(session);
    const credentials = cloud.name === 'custom' ? undefined : await credentialsOf(session);
    const files =
      credentials === undefined
        ? identityFiles(session, cloud)
        : userFiles(session, cloud, credentials, clock.now());
    for (const [name, text] of files) {
      if (text === undefined) await rm(join(folder, name), { force: true });
      else await replaceFile(join(folder, name), text);
    }
  }

  async #remove(sessionId: string): Promise<void> {
    const folder = this.#folderOf(sessionId);
    await keepWarm(folder, this.#options.kept);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }

  #folderOf(sessionId: string): string {
    return join(this.#options.folder, sessionId);
  }
}
