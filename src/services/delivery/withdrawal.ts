import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../../models/problem.ts';
import type { AwsFile, Section } from './aws-file/parse.ts';
import { understand } from './aws-file/read.ts';
import { markerOf, settingsIn } from './aws-file/section.ts';
import { planWithdrawal, type WithdrawalPlan } from './aws-file/withdraw.ts';
import type { CleanupJournal, MadeRow, PutAsideRow } from './cleanup-journal.ts';
import type { Leftover } from './delivery.ts';
import { isAt, ownedBy, type Spot } from './ownership.ts';
import type { PutAside } from './put-aside.ts';
import { editFile } from './user-file/edit-file.ts';
import { locate } from './user-file/locate.ts';
import { removeFolders } from './user-file/remove-folders.ts';

/** What is put aside for a spot: by id, the sections, or why they cannot come back now. */
interface Held {
  readonly row: PutAsideRow;
  readonly sections?: readonly string[] | undefined;
  readonly reason?: string;
}

/** Takes sections out again and puts the user's own back. Never throws for file or vault trouble. */
export class Withdrawal {
  readonly #journal: CleanupJournal;
  readonly #putAside: PutAside;
  readonly #undoFolder: string;

  constructor(parts: {
    readonly journal: CleanupJournal;
    readonly putAside: PutAside;
    readonly undoFolder: string;
  }) {
    this.#journal = parts.journal;
    this.#putAside = parts.putAside;
    this.#undoFolder = parts.undoFolder;
  }

  /** Everything of one session: at `spot` and wherever else the journal knows of. */
  async ofSession(sessionId: string, spot: Spot): Promise<readonly Leftover[]> {
    const { sections, putAside } = await this.#journal.state();
    const rows = [...sections, ...putAside].filter((row) => row.sessionId === sessionId);
    const leftovers = [];
    for (const one of distinct([spot, ...rows])) leftovers.push(...(await this.at(sessionId, one)));
    return leftovers;
  }

  /** Everything of sessions that are not active, whoever left it. */
  async ofAllBut(active: ReadonlySet<string>, file: string): Promise<readonly Leftover[]> {
    await this.#adoptOrphans();
    const leftovers: Leftover[] = [];
    for (const row of (await this.#journal.state()).sections) {
      if (!active.has(row.sessionId)) leftovers.push(...(await this.at(row.sessionId, row)));
    }
    const { sections, putAside } = await this.#journal.state();
    const waiting = putAside.filter((row) => !sections.some(isAt(row)));
    for (const spot of distinct(waiting)) {
      const known = leftovers.some(({ file, profileName = '' }) =>
        isAt(spot)({ file, profileName }),
      );
      if (!known) leftovers.push(...(await this.at(undefined, spot)));
    }
    await this.#removeExpired(file, active);
    return leftovers;
  }

  /** Takes the session's section away (none where undefined) and gives the spot back to the user. */
  async at(sessionId: string | undefined, spot: Spot): Promise<readonly Leftover[]> {
    const { sections, made } = await this.#journal.state();
    const mine = sections.find((row) => isAt(spot)(row) && row.sessionId === sessionId);
    const isShared = sections.some((row) => isAt(spot)(row) && row !== mine);
    const held = await this.#held(spot, isShared);
    const madeHere = made.find(({ file }) => file === spot.file);
    const keys = new Set(mine?.keys);
    let plan: WithdrawalPlan | undefined;
    try {
      await editFile({ file: spot.file, undoFolder: this.#undoFolder }, (text) => {
        const file = understand(spot.file, text ?? '');
        plan = planWithdrawal(file, {
          profile: latin1(spot.profileName),
          owns: ownerTest(file, spot, sessionId, keys),
          putAside: new Map(held.map(({ row, sections: back }) => [row.id, back])),
        });
        const isGone = plan.text === '' && (text === undefined || madeHere !== undefined);
        return Promise.resolve(isGone ? undefined : plan.text);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return leftoversOf(
        sessionId,
        spot,
        mine === undefined ? [] : ['section'],
        held,
        error.message,
      );
    }
    return await this.#settle(sessionId, spot, held, { plan, isShared, madeHere });
  }

  /** Strikes out what is done, and tells what is not. */
  async #settle(
    sessionId: string | undefined,
    spot: Spot,
    held: readonly Held[],
    outcome: {
      readonly plan: WithdrawalPlan | undefined;
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
      sections: state.sections.filter((row) => !isAt(spot)(row) || row.sessionId !== sessionId),
      putAside: state.putAside.filter((row) => !done.some((one) => one.row.id === row.id)),
    }));
    if (madeHere !== undefined) await this.#unmake(madeHere);
    if (isShared) return [];
    return held
      .filter((one) => !done.includes(one))
      .map(({ row, reason }) => ({
        sessionId: sessionId ?? row.sessionId,
        ...spot,
        what: 'put-aside',
        reason:
          obstacle === undefined
            ? (reason ?? 'The vault no longer holds the section that was put aside.')
            : `Line ${obstacle.line} of ${spot.file}: ${obstacle.reason}. Your section [${spot.profileName}] waits in the vault until that is removed.`,
      }));
  }

  async #held(spot: Spot, isShared: boolean): Promise<readonly Held[]> {
    const { putAside } = await this.#journal.state();
    const held = [];
    for (const row of putAside.filter(isAt(spot))) {
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
  async #removeExpired(file: string, active: ReadonlySet<string>): Promise<void> {
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
            !active.has(id) &&
            !known.has(id) &&
            Date.parse(expires) < Date.now()
          );
        };
        return Promise.resolve(
          planWithdrawal(parsed, { profile: '', owns, putAside: new Map() }).text,
        );
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
}

function ownerTest(
  file: AwsFile,
  { profileName }: Spot,
  sessionId: string | undefined,
  keys: ReadonlySet<string>,
): (section: Section) => boolean {
  if (sessionId === undefined) return () => false;
  return ownedBy(file, latin1(profileName), sessionId, keys);
}

function leftoversOf(
  sessionId: string | undefined,
  spot: Spot,
  sections: readonly 'section'[],
  held: readonly Held[],
  reason: string,
): readonly Leftover[] {
  return [
    ...sections.map((what) => ({ sessionId: sessionId ?? '', ...spot, what, reason })),
    ...held.map(({ row }) => ({
      sessionId: sessionId ?? row.sessionId,
      ...spot,
      what: 'put-aside' as const,
      reason,
    })),
  ];
}

function distinct(spots: readonly Spot[]): readonly Spot[] {
  return spots.flatMap(({ file, profileName }, index) =>
    spots.findIndex(isAt({ file, profileName })) === index ? [{ file, profileName }] : [],
  );
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
