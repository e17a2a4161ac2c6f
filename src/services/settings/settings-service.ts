import { settingsSchema, type Settings, type SettingsPatch } from '../../models/settings.ts';
import { Mutex } from '../concurrency/mutex.ts';
import type { EventLog } from '../events/event-log.ts';
import { changedFields } from '../history/changed-fields.ts';
import type { History } from '../history/history.ts';
import { endpointErrors } from '../validation/aws-endpoints.ts';
import { Problem, type FieldErrorInput } from '../../models/problem.ts';
import { defaultDeliveryErrors } from '../sessions/unseen-readers.ts';
import { awsRegionErrors } from '../validation/aws-region.ts';
import { expandLocation, locationErrors, movesDeliveries } from './locations.ts';
import { check, refuse } from '../validation/check.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';

/** The user's settings, kept in the workspace. */
export class SettingsService {
  readonly #workspace: WorkspaceStore;
  readonly #events: EventLog;
  readonly #history: Pick<History, 'append'> | undefined;
  #moveDeliveries = (): Promise<void> => Promise.resolve();
  /** Each change begins with what the one before has made. */
  readonly #changes = new Mutex();

  constructor(options: {
    readonly workspace: WorkspaceStore;
    readonly events: EventLog;
    readonly history?: Pick<History, 'append'>;
  }) {
    this.#workspace = options.workspace;
    this.#events = options.events;
    this.#history = options.history;
  }

  current(): Settings {
    return this.#workspace.settings();
  }

  /** `move` moves what active sessions delivered to the files that the settings name by then. */
  whenDeliveriesMove(move: () => Promise<void>): void {
    this.#moveDeliveries = move;
  }

  /**
   * Applies a JSON merge patch (RFC 7396); paths may begin with `~` or `$HOME`. What active sessions
   * delivered moves with the locations. Throws Problem 'invalid-request', 'file-unwritable', and
   * where something could not move, 'file-unreadable', 'section-occupied', 'vault-locked'; nothing
   * is changed then.
   */
  async change(patch: SettingsPatch, by = 'stint'): Promise<Settings> {
    return await this.#changes.run(() => this.#change(patch, by));
  }

  async #change(patch: SettingsPatch, by: string): Promise<Settings> {
    const merged: Record<string, unknown> = { ...this.current() };
    for (const [name, value] of Object.entries(patch)) {
      if (value === null) delete merged[name];
      else merged[name] = expandLocation(name, value);
    }
    const { data, errors } = check(settingsSchema, merged);
    if (data === undefined) return refuse('settings', errors);
    const before = this.current();
    const wrong = [
      ...locationErrors(data),
      ...awsRegionErrors(data.defaultRegion, {
        before: before.defaultRegion,
        settings: data,
        field: 'defaultRegion',
      }),
      ...this.#defaultDeliveryErrors(data, before),
    ];
    if (wrong.length > 0) return refuse('settings', wrong);
    const excluded = endpointErrors(data, patch);
    if (excluded.length > 0) return refuse('settings', excluded);
    await this.#workspace.save({ settings: data, keepBackup: true });
    if (movesDeliveries(before, data)) await this.#moveOrUndo(before);
    const changes = changedFields(before, data);
    if (changes.length > 0) {
      this.#history?.append({ kind: 'settings-updated', by, changes });
    }
    this.#events.publish({ type: 'settings' });
    return data;
  }

  async #moveOrUndo(before: Settings): Promise<void> {
    try {
      await this.#moveDeliveries();
    } catch (error) {
      await this.#workspace.save({ settings: before, keepBackup: false });
      // What cannot move back now is moved by the scheduler's next check.
      await this.#moveDeliveries().catch(() => undefined);
      if (!(error instanceof Problem)) throw error;
      throw new Problem(error.code, {
        ...error.details,
        detail: `The settings were not changed, because an active session could not move: ${error.details.detail}`,
        cause: error,
      });
    }
  }

  #defaultDeliveryErrors(settings: Settings, before: Settings): readonly FieldErrorInput[] {
    if (settings.defaultDelivery === before.defaultDelivery) return [];
    return defaultDeliveryErrors(settings, this.#workspace.sessions());
  }
}
