import { blockText, nameOf, type Block } from './export-text.ts';

interface Entry {
  readonly id: string;
  readonly block: Block;
}

/**
 * Things of one kind in the order of the file, and how the file refers to each: by its name; where several have
 * the name, by a `ref` that is made from it.
 */
export class Referable {
  readonly #entries: readonly Entry[];
  readonly #refs = new Map<string, string>();
  readonly #used = new Set<string>();

  constructor(entries: readonly Entry[]) {
    const keyed = entries.map((entry) => ({ entry, key: sortKey(entry.block) }));
    keyed.sort((one, other) => compare(one.key, other.key));
    this.#entries = keyed.map(({ entry }) => entry);
    const taken = new Set(entries.map(({ block }) => nameOf(block)));
    const first = new Map<string, string>();
    const counts = new Map<string, number>();
    for (const { entry, key } of keyed) {
      // Of equal ones it does not matter which is meant: the first serves for all.
      const equal = first.get(key.join('\n'));
      const name = nameOf(entry.block);
      const count = counts.get(name) ?? 0;
      let ref = equal ?? name;
      if (equal === undefined && count > 0) {
        for (let number = count + 1; taken.has(ref); number += 1) ref = `${name} #${number}`;
        taken.add(ref);
      }
      counts.set(name, count + 1);
      first.set(key.join('\n'), ref);
      this.#refs.set(entry.id, ref);
    }
  }

  /** What the file calls the thing with this id. */
  refOf(id: string): string {
    const ref = this.#refs.get(id) ?? id;
    this.#used.add(ref);
    return ref;
  }

  /** In the order of the file, with a `ref` where something refers to it by another text than its name. */
  blocks(finished: (id: string, block: Block) => Block = (_, block) => block): readonly Block[] {
    const written = new Set<string>();
    return this.#entries.map(({ id, block }) => {
      const ref = this.#refs.get(id) ?? '';
      const isNamed = ref === nameOf(block) || !this.#used.has(ref) || written.has(ref);
      written.add(ref);
      return { ...finished(id, block), ...(isNamed ? {} : { ref }) };
    });
  }
}

function sortKey(block: Block): readonly string[] {
  return [nameOf(block), String(block['type'] ?? block['kind']), blockText(block)];
}

function compare(one: readonly string[], other: readonly string[]): number {
  for (const [index, text] of one.entries()) {
    const against = other[index] ?? '';
    if (text !== against) return text < against ? -1 : 1;
  }
  return 0;
}
