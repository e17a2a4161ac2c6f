import { counted, madeFile, type Held } from '../held.ts';
import { pathOf, profileFile, tokenCacheFile } from './azure-file.ts';
import { covers, type EntryJournalState, type RunRow, type StashRow } from './journal.ts';
import type { Location, Table } from './tables.ts';

/** What the journal says that Stint has in folders of the Azure CLI. Pure. */
export function heldEntries({ written, stashed, made }: EntryJournalState): readonly Held[] {
  return [
    ...written.flatMap(heldByRun),
    ...stashed.map((row) => heldStash(row, written)),
    // The others are the user's, with a table more.
    ...made.filter(({ was }) => was === 'absent').map(madeFile),
  ];
}

function heldByRun({ sessionId, folder, locations }: RunRow): readonly Held[] {
  const of = (table: Table) => locations.filter((one) => one.table === table);
  const tokens = of('AccessToken');
  return [
    ...of('subscriptions').map((location): Held => ({
      kind: 'subscription',
      file: fileOf(folder, location),
      key: `${sessionId} ${location.key}`,
      what: `Subscription ${location.key} in the list of the Azure CLI`,
      sessionId,
    })),
    ...of('Account').map((location): Held => ({
      kind: 'account',
      file: fileOf(folder, location),
      key: `${sessionId} ${location.key}`,
      what: 'The account of the Azure CLI that its subscription belongs to',
      sessionId,
    })),
    // One for all, as their number changes with the settings.
    ...tokens.slice(0, 1).map((location): Held => ({
      kind: 'tokens',
      file: fileOf(folder, location),
      key: sessionId,
      what: `${counted(tokens.length, 'access token')} for the Azure CLI`,
      sessionId,
    })),
  ];
}

const stashTexts = {
  subscriptions: (key: string) => `Your own subscription ${key}`,
  Account: () => 'Your own account of the Azure CLI',
  AccessToken: () => 'Your own access token of the Azure CLI',
} as const;

function heldStash(row: StashRow, written: readonly RunRow[]): Held {
  const holder = written.find((run) => run.folder === row.folder && covers(run, row));
  return {
    kind: 'stash',
    file: fileOf(row.folder, row),
    key: row.id,
    what: `${stashTexts[row.table](row.key)}, stashed in the vault`,
    sessionId: holder?.sessionId ?? row.sessionId,
  };
}

function fileOf(folder: string, { table }: Location): string {
  return pathOf(folder, table === 'subscriptions' ? profileFile : tokenCacheFile);
}
