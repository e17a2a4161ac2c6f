import type { HistoryVerification } from '../../models/history-verification.ts';
import type { ChainCheck } from './verify-chain.ts';

export interface VaultKnowledge {
  readonly locked: boolean;
  /** The entry up to which the vault knows the history; undefined if it knows nothing. */
  readonly known: number | undefined;
  readonly found: HistoryVerification['found'];
}

const faultText = {
  changed: 'was changed: it does not match its own hash',
  unlinked:
    'does not follow the one before it: entries were removed, inserted, moved or changed before it',
  replaced: 'is not the entry that Stint wrote: the history was written again',
} as const;

const whenBroken =
  'Another program of your user changed history.db. Compare it with a backup of the Stint home; ' +
  'CloudTrail and the Azure activity log have what the cloud saw.';

/** The result in words. `ok` unless something was found, now or before. */
export function describeCheck(check: ChainCheck, vault: VaultKnowledge): HistoryVerification {
  const { firstBad, missing, rows } = check;
  const { found } = vault;
  const broken = [
    ...(firstBad === undefined ? [] : [`Entry ${firstBad.entryId} ${faultText[firstBad.fault]}.`]),
    ...(missing === undefined
      ? []
      : [`At least ${missing} ${missing === 1 ? 'entry is' : 'entries are'} missing at the end.`]),
    ...found.map(
      ({ entryId, at }) =>
        `On ${at} Stint noticed that entry ${entryId} was no longer there unchanged.`,
    ),
  ];
  const ok = broken.length === 0;
  const contradicts = missing !== undefined || firstBad?.fault === 'replaced' || found.length > 0;
  const state = contradicts ? 'contradicts' : stateOf(vault);
  const next = ok ? nextOf(state) : whenBroken;
  return {
    ok,
    ...check,
    vault: state,
    found,
    message: ok ? intact(rows, vault) : broken.join(' '),
    ...(next === undefined ? {} : { next }),
  };
}

function stateOf({ locked, known }: VaultKnowledge): HistoryVerification['vault'] {
  if (locked) return 'locked';
  return known === undefined ? 'empty' : 'confirms';
}

function intact(rows: number, { locked, known }: VaultKnowledge): string {
  const all = `All ${rows} entries are unchanged.`;
  if (locked)
    return `${all} The vault is locked, so nothing says whether some are missing at the end.`;
  return known === undefined
    ? `${all} The vault does not know their end yet.`
    : `${all} The vault confirms them up to entry ${known}.`;
}

function nextOf(state: HistoryVerification['vault']): string | undefined {
  if (state === 'locked') return 'Unlock the vault, then verify again.';
  return state === 'empty' ? 'Verify again in a minute.' : undefined;
}
