import { valueOf } from '../shared/json-file/value.ts';
import {
  entriesOf,
  isAt,
  lacking,
  withEntry,
  withoutEntry,
  withValue,
  type Entry,
  type MadeTable,
  type Place,
} from './tables.ts';

/** An entry of the user's that has to leave the file. */
export interface Aside extends Place {
  readonly index: number;
  readonly text: string;
}

export type Claim =
  /** An entry of the user's own stands there, and they have not agreed. */
  | { readonly kind: 'occupied'; readonly entry: Entry }
  | {
      readonly kind: 'edit';
      readonly text: string;
      readonly aside: readonly Aside[];
      readonly made: readonly MadeTable[];
    };

/**
 * How an entry of ours gets to its place. `value` is asked for it with the one that stands there now,
 * and whether that is ours. Pure. Throws NotUnderstood.
 */
export function claim(
  text: string,
  place: Place,
  request: {
    readonly owns: (entry: Entry) => boolean;
    readonly replace: boolean;
    /** Where one of the user's is to come back to, so that ours keeps that place for it. */
    readonly index?: number | undefined;
    readonly value: (before: Entry | undefined, isOurs: boolean) => object;
  },
): Claim {
  const here = entriesOf(text, [place.table]).filter(isAt(place));
  const ours = here.find(request.owns);
  const theirs = here.filter((entry) => !request.owns(entry));
  if (theirs[0] !== undefined && !request.replace) return { kind: 'occupied', entry: theirs[0] };
  const stays = ours ?? theirs[0];
  const value = request.value(stays, ours !== undefined);
  if (stays === undefined) {
    const made = lacking(text, place.table);
    return {
      kind: 'edit',
      text: withEntry(text, place, request.index ?? Infinity, { value }),
      aside: [],
      made: made === undefined ? [] : [made],
    };
  }
  const isSame = JSON.stringify(valueOf(stays.node)) === JSON.stringify(value);
  let after = isSame ? text : withValue(text, stays, value);
  // From the last to the first, so that the indexes stay true; copies of ours go for good.
  for (const { index } of here.toReversed()) {
    if (index === stays.index) continue;
    const surplus = entriesOf(after, [place.table])[index];
    if (surplus !== undefined) after = withoutEntry(after, surplus);
  }
  const aside = theirs.map(({ index, node }) => ({
    ...place,
    index,
    text: text.slice(node.from, node.to),
  }));
  return { kind: 'edit', text: after, aside, made: [] };
}
