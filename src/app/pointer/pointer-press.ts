import { Injectable } from '@angular/core';

/** Knows whether a mouse button or a finger is down: what moves then is not what gets the click. */
@Injectable({ providedIn: 'root' })
export class PointerPress {
  #isDown = false;

  constructor() {
    document.addEventListener('pointerdown', () => (this.#isDown = true), true);
    for (const end of ['pointerup', 'pointercancel']) {
      document.addEventListener(end, () => (this.#isDown = false), true);
    }
  }

  /** Runs `work` at once, or after the click that is under way. */
  afterClick(work: () => void): void {
    if (!this.#isDown) {
      work();
      return;
    }
    const over = new AbortController();
    for (const end of ['pointerup', 'pointercancel']) {
      const later = () => {
        over.abort();
        setTimeout(work);
      };
      document.addEventListener(end, later, { signal: over.signal });
    }
  }
}
