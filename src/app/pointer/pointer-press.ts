import { Injectable } from '@angular/core';

const pressed = 'a, button, input, label, select, summary, textarea, [role=row]';
/** A drag in them selects text, or the browser shows a list of its choices. */
const typedIn = 'input:not([type=checkbox], [type=radio]), select, textarea';

/** Knows whether the main mouse button or a finger is down, and keeps its click where it was pressed. */
@Injectable({ providedIn: 'root' })
export class PointerPress {
  #click: Promise<void> | undefined;

  constructor() {
    const begin = (event: PointerEvent) => {
      if (isMain(event)) this.#click ??= this.#untilOver();
    };
    document.addEventListener('pointerdown', begin, true);
    document.addEventListener('pointerdown', keepClick);
  }

  /** Resolves at once, or after the click that is under way. */
  async over(): Promise<void> {
    await this.#click;
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

function isMain({ isPrimary, button }: PointerEvent): boolean {
  return isPrimary && button === 0;
}

/**
 * Gives the click to what was pressed, though it moves before the button is up: what is above it
 * can be drawn late. Without a capture the browser gives it to what both places have in common
 * (Pointer Events, "click, auxclick, and contextmenu events").
 */
function keepClick(event: PointerEvent): void {
  const { target, pointerId } = event;
  if (!isMain(event) || !(target instanceof Element)) return;
  const element = target.closest(pressed);
  // A column's head captures the pointer itself.
  if (element === null || element.matches(typedIn) || holds(target, pointerId)) return;
  const area = element.getBoundingClientRect();
  element.setPointerCapture(pointerId);
  const listening = new AbortController();
  const { signal } = listening;
  // Moving away from where it was pressed gives the click up, as without a capture.
  const leave = ({ clientX: x, clientY: y }: PointerEvent) => {
    const isInside = x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
    if (!isInside) element.releasePointerCapture(pointerId);
  };
  const end = () => {
    listening.abort();
  };
  document.addEventListener('pointermove', leave, { signal });
  document.addEventListener('lostpointercapture', end, { signal });
}

/** Whether the element or one around it has the pointer. */
function holds(target: Element, pointerId: number): boolean {
  for (let one: Element | null = target; one !== null; one = one.parentElement) {
    if (one.hasPointerCapture(pointerId)) return true;
  }
  return false;
}
