import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../clock/clock.ts';
import { Problem } from '../../../models/problem.ts';
import type { AwsFile, Section } from './file/parse.ts';
import { understand } from './file/read.ts';
import { markerOf, settingsIn } from './file/section.ts';
import { planRemoval, type RemovalPlan } from './remove-plan.ts';
import type { CleanupJournal, MadeRow, StashRow } from './journal.ts';
import type { Leftover } from '../delivery.ts';
import { isAt, ownedBy, type Location } from './ownership.ts';
import type { Stash } from './stash.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { locate } from '../shared/user-file/locate.ts';
import { removeFolders } from '../shared/user-file/remove-folders.ts';

/** What is put aside for a location: by id, the sections, or why they cannot come back now. */
interface Held {
  readonly row: StashRow;
  readonly sections?: readonly string[] | undefined;
  readonly reason?: string;
}

/** Takes sections out again and puts the user's own back. Never throws for file or vault trouble. */
export class Removal {
  readonly #journal: CleanupJournal;
  readonly #putAside: Stash;
  readonly #undoFolder: string;
  readonly #clock: Clock;

  constructor(parts: {
    readonly journal: CleanupJournal;
    readonly putAside: Stash;
    readonly undoFolder: string;
    readonly clock: Clock;
  }) {
    this.#journal = parts.journal;
    this.#putAside = parts.putAside;
    this.#undoFolder = parts.undoFolder;
    this.#clock = parts.clock;
  }

  /** Everything of one session: at `location` and wherever else the journal knows of. */
  async ofSession(sessionId: string, location: Location): Promise<readonly Leftover[]> {
    const { sections, putAside } = await this.#journal.state();
    const rows = [...sections, ...putAside].filter((row) => row.sessionId === sessionId);
    const leftovers = [];
    for (const one of distinct([location, ...rows]))
      leftovers.push(...(await this.at(sessionId, one)));
    return leftovers;
  }

  /** Everything of sessions that are not active, whoever left it. */
  async ofAllBut(
    isActive: (sessionId: string) => boolean,
    file: string,
  ): Promise<readonly Leftover[]> {
    await this.#adoptOrphans();
    const leftovers: Leftover[] = [];
    for (const row of (await this.#journal.state()).sections) {
      if (!isActive(row.sessionId)) leftovers.push(...(await this.at(row.sessionId, row)));
    }
    const { sections, putAside } = await this.#journal.state();
    const waiting = putAside.filter((row) => !sections.some(isAt(row)));
    for (const location of distinct(waiting)) {
      const known = leftovers.some(({ file, profileName = '' }) =>
        isAt(location)({ file, profileName }),
      );
      if (!known) leftovers.push(...(await this.at(undefined, location)));
    }
    await this.#removeExpired(file, isActive);
    return leftovers;
  }

  /** Takes the session's section away (none where undefined) and gives the location back to the user. */
  async at(sessionId: string | undefined, location: Location): Promise<readonly Leftover[]> {
    const { sections, made } = await this.#journal.state();
    const mine = sections.find((row) => isAt(location)(row) && row.sessionId === sessionId);
    const isShared = sections.some((row) => isAt(location)(row) && row !== mine);
    const held = await this.#held(location, isShared);
    const madeHere = made.find(({ file }) => file === location.file);
    const keys = new Set(mine?.keys);
    let plan: RemovalPlan | undefined;
    try {
      await editFile({ file: location.file, undoFolder: this.#undoFolder }, (text) => {
        const file = understand(location.file, text ?? '');
        plan = planRemoval(file, {
          profile: latin1(location.profileName),
          owns: ownerTest(file, location, sessionId, keys),
          putAside: new Map(held.map(({ row, sections: back }) => [row.id, back])),
        });
        const isGone = plan.text === '' && (text === undefined || madeHere !== undefined);
        return Promise.resolve(isGone ? undefined : plan.text);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return leftoversOf(
        sessionId,
        location,
        mine === undefined ? [] : ['section'],
        held,
        error.message,
      );
    }
    return await this.#settle(sessionId, location, held, { plan, isShared, madeHere });
  }

  /** Strikes out what is done, and tells what is not. */
  async #settle(
    sessionId: string | undefined,
    location: Location,
    held: readonly Held[],
    outcome: {
      readonly plan: RemovalPlan | undefined;
      readonly isShared: boolean;
      readonly madeHere: MadeRow | undefined;
    },
  ): Promise<readonly Leftover[]> {
    const { plan, isShared, madeHere } = outcome;
    const obstacle = plan?.obstacle;
    const isDone = ({ row, sections, reason }: Held) =>
      obstacle === undefined && !isShared
        ? sections !== undefined ||
          (reason === undefined && plan?.text.includes(`put-aside ${row.id}/`) !== true)
        : false;
    const done = held.filter(isDone);
    for (const { row } of done) await this.#putAside.forget(row);
    await this.#journal.note((state) => ({
      ...state,
      sections: state.sections.filter((row) => !isAt(location)(row) || row.sessionId !== sessionId),
      putAside: state.putAside.filter((row) => !done.some((one) => one.row.id === row.id)),
    }));
    if (madeHere !== undefined) await this.#unmake(madeHere);
    if (isShared) return [];
    return held
      .filter((one) => !done.includes(one))
      .map(({ row, reason }) => ({
        sessionId: sessionId ?? row.sessionId,
        ...location,
        what: 'stash',
        reason:
          obstacle === undefined
            ? (reason ?? 'The vault no longer holds the section that was put aside.')
            : `Line ${obstacle.line} of ${location.file}: ${obstacle.reason}. Your section [${location.profileName}] waits in the vault until that is removed.`,
      }));
  }

  async #held(location: Location, isShared: boolean): Promise<readonly Held[]> {
    const { putAside } = await this.#journal.state();
    const held = [];
    for (const row of putAside.filter(isAt(location))) {
      if (isShared) held.push({ row });
      else {
        try {
          held.push({ row, sections: await this.#putAside.get(row) });
        } catch (error) {
          held.push({ row, reason: (error as Error).message });
        }
      }
    }
    return held;
  }

  async #adoptOrphans(): Promise<void> {
    const { putAside } = await this.#journal.state();
    const orphans = await this.#putAside.orphans(putAside);
    if (orphans.length === 0) return;
    await this.#journal.note((state) => ({ ...state, putAside: [...state.putAside, ...orphans] }));
  }

  /** A file we made goes with its last section, and so do the folders we made, while empty. */
  async #unmake({ file, folder }: MadeRow): Promise<void> {
    const { sections } = await this.#journal.state();
    if (sections.some((row) => row.file === file)) return;
    const path = await locate(file).catch(() => file);
    const isGone = await stat(path).then(
      () => false,
      () => true,
    );
    if (isGone && folder !== undefined) await removeFolders(dirname(path), folder);
    await this.#journal.note((state) => ({
      ...state,
      made: state.made.filter((row) => row.file !== file),
    }));
  }

  /**
   * Stint's sections that no journal tells of, such as one that another program wrote back after
   * the stop. Only expired ones: the rest may be another Stint's.
   */
  async #removeExpired(file: string, isActive: (sessionId: string) => boolean): Promise<void> {
    const known = new Set((await this.#journal.state()).sections.map((row) => row.sessionId));
    try {
      await editFile({ file, undoFolder: this.#undoFolder }, (text) => {
        if (text === undefined) return Promise.resolve(undefined);
        const parsed = understand(file, text);
        const owns = (section: Section) => {
          const id = markerOf(parsed, section)?.sessionId;
          const expires = settingsIn(parsed, section).get('x_security_token_expires') ?? '';
          return (
            id !== undefined &&
            !isActive(id) &&
            !known.has(id) &&
            Date.parse(expires) < this.#clock.now()
          );
        };
        return Promise.resolve(
          planRemoval(parsed, { profile: '', owns, putAside: new Map() }).text,
        );
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
}

function ownerTest(
  file: AwsFile,
  { profileName }: Location,
  sessionId: string | undefined,
  keys: ReadonlySet<string>,
): (section: Section) => boolean {
  if (sessionId === undefined) return () => false;
  return ownedBy(file, latin1(profileName), sessionId, keys);
}

function leftoversOf(
  sessionId: string | undefined,
  location: Location,
  sections: readonly 'section'[],
  held: readonly Held[],
  reason: string,
): readonly Leftover[] {
  return [
    ...sections.map((what) => ({ sessionId: sessionId ?? '', ...location, what, reason })),
    ...held.map(({ row }) => ({
      sessionId: sessionId ?? row.sessionId,
      ...location,
      what: 'stash' as const,
      reason,
    })),
  ];
}

function distinct(locations: readonly Location[]): readonly Location[] {
  return locations.flatMap(({ file, profileName }, index) =>
    locations.findIndex(isAt({ file, profileName })) === index ? [{ file, profileName }] : [],
  );
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
