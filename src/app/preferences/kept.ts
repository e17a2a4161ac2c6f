import { effect, signal, type WritableSignal } from '@angular/core';

/**
 * A value that this browser keeps for the next window, under a name in `localStorage`. `parse` reads what
 * was kept, which can be from another version; it gets undefined where nothing is readable. Call it where
 * Angular can inject.
 */
export function kept<T>(name: string, parse: (stored: unknown) => T): WritableSignal<T> {
  const key = `stint.${name}`;
  const value = signal(parse(read(key)));
  let isFirst = true;
  effect(() => {
    const text = JSON.stringify(value());
    if (!isFirst) write(key, text);
    isFirst = false;
  });
  addEventListener('storage', (event) => {
    if (event.key === key) value.set(parse(read(key)));
  });
  return value;
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Storage that is full or forbidden: the window works, and starts with its defaults next time.
  }
}
