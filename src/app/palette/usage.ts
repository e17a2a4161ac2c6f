import { Injectable } from '@angular/core';
import { kept } from '../preferences/kept.ts';
import type { Session } from '../connection/owner-client.ts';
import { usedAgain, weightAt, type Use } from './use-weight.ts';

/** No more are kept. */
const most = 500;

/** How much each session is used: starts in this browser, and the last start anywhere. */
@Injectable({ providedIn: 'root' })
export class Usage {
  readonly #uses = kept('uses', parseUses);

  record(sessionId: string): void {
    const now = Date.now();
    this.#uses.update((uses) => {
      const all = { ...uses, [sessionId]: usedAgain(uses[sessionId], now) };
      const entries = Object.entries(all);
      if (entries.length <= most) return all;
      return Object.fromEntries(entries.sort(([, a], [, b]) => b.at - a.at).slice(0, most));
    });
  }

  weight({ sessionId, startDateTime }: Session, now: number): number {
    const last = startDateTime === '' ? undefined : { weight: 1, at: Date.parse(startDateTime) };
    return weightAt(this.#uses()[sessionId], now) + weightAt(last, now);
  }
}

function parseUses(stored: unknown): Readonly<Record<string, Use>> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored as Readonly<Record<string, Partial<Use> | null>>).flatMap(([id, use]) =>
      typeof use?.weight === 'number' && typeof use.at === 'number'
        ? [[id, { weight: use.weight, at: use.at }]]
        : [],
    ),
  );
}
