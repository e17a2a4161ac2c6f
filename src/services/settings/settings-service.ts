import { settingsSchema, type Settings, type SettingsPatch } from '../../models/settings.ts';
import { Mutex } from '../concurrency/mutex.ts';
import type { EventLog } from '../events/event-log.ts';
import { awsRegionErrors } from '../validation/aws-region.ts';
import { check, refuse } from '../validation/check.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';

/** The user's settings, kept in the workspace. */
export class SettingsService {
  readonly #workspace: WorkspaceStore;
  readonly #events: EventLog;
  /** Each change begins with what the one before has made. */
  readonly #changes = new Mutex();

  constructor(options: { readonly workspace: WorkspaceStore; readonly events: EventLog }) {
    this.#workspace = options.workspace;
    this.#events = options.events;
  }

  current(): Settings {
    return this.#workspace.settings();
  }

  /** Applies a JSON merge patch (RFC 7396). Throws Problem 'invalid-request', 'file-unwritable'. */
  async change(patch: SettingsPatch): Promise<Settings> {
    return await this.#changes.run(() => this.#change(patch));
  }

  async #change(patch: SettingsPatch): Promise<Settings> {
    const merged: Record<string, unknown> = { ...this.current() };
    for (const [name, value] of Object.entries(patch)) {
      if (value === null) delete merged[name];
      else merged[name] = value;
    }
    const { data, errors } = check(settingsSchema, merged);
    if (data === undefined) return refuse('settings', errors);
    const before = this.current().defaultRegion;
    const wrong = awsRegionErrors(data.defaultRegion, {
      before,
      settings: data,
      field: 'defaultRegion',
    });
    if (wrong.length > 0) return refuse('settings', wrong);
    await this.#workspace.save({ settings: data, keepBackup: true });
    this.#events.publish({ type: 'settings' });
    return data;
  }
}
