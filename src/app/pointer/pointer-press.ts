import { Injectable } from '@angular/core';

/** Knows whether the main mouse button or a finger is down: what moves then is not what gets the click. */
@Injectable({ providedIn: 'root' })
export class PointerPress {
  #click: Promise<void> | undefined;

  constructor() {
    const begin = ({ isPrimary, button }: PointerEvent) => {
      if (isPrimary && button === 0) this.#click ??= this.#untilOver();
    };
    document.addEventListener('pointerdown', begin, true);
  }

  /** Resolves at once, or after the click that is under way. */
  async over(): Promise<void> {
    await this.#click;
  }

  /** Runs `work` at once, or after the click that is under way. */
  afterClick(work: () => void): void {
    if (this.#click === undefined) work();
    else void this.#click.then(work);
  }

  async #untilOver(): Promise<void> {
    const listening = new AbortController();
    await new Promise<void>((resolve) => {
      // The click itself comes after the button is up.
      const end = () => setTimeout(resolve);
      // A button released outside of the page is not reported, but then the pointer moves without it.
      const move = ({ buttons }: PointerEvent) => {
        if (buttons === 0) end();
      };
      const options = { capture: true, signal: listening.signal };
      document.addEventListener('pointerup', end, options);
      document.addEventListener('pointercancel', end, options);
      document.addEventListener('pointermove', move, options);
    });
    listening.abort();
    this.#click = undefined;
  }
}
