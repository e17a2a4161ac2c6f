import { inject, Injectable, InjectionToken } from '@angular/core';
import type { SessionType } from '../../models/session-fields.ts';
import type { FieldValue, Values } from '../fields/form-field.ts';
import { sessionFieldsOf } from './session-fields.ts';

/** Kept by the browser for this tab. */
const tabStorage = new InjectionToken<Storage>('tab storage', {
  factory: () => sessionStorage,
});

/** Half-filled forms of new sessions, one for each type, for as long as the tab is open; no secrets. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  readonly #storage = inject(tabStorage);

  /** Empty where there is none. */
  of(type: SessionType): Values {
    try {
      return only(type, JSON.parse(this.#storage.getItem(keyOf(type)) ?? '{}'));
    } catch {
      return {};
    }
  }

  keep(type: SessionType, name: string, value: FieldValue): void {
    const values = only(type, { ...this.of(type), [name]: value });
    try {
      this.#storage.setItem(keyOf(type), JSON.stringify(values));
    } catch {
      // Storage that is full or forbidden: the form works, and begins empty next time.
    }
  }

  drop(type: SessionType): void {
    this.#storage.removeItem(keyOf(type));
  }
}

const keyOf = (type: SessionType) => `stint.draft.${type}`;

/** The values of the type's fields without secrets; what was kept can be from another version. */
function only(type: SessionType, values: unknown): Values {
  if (typeof values !== 'object' || values === null) return {};
  const names = new Set(
    sessionFieldsOf(type)
      .filter((field) => !('key' in field) && !('secret' in field))
      .map(({ name }) => name),
  );
  const isValue = (value: unknown) => typeof value === 'string' || Array.isArray(value);
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => names.has(name) && isValue(value)),
  );
}
