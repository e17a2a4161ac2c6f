import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Icon, type IconName } from '../icons/icon.ts';

export interface MenuItem {
  readonly text: string;
  readonly icon?: IconName;
  /** The key that does the same without the menu. */
  readonly key?: string;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  /** Whether it is chosen; undefined for an action. */
  readonly isChecked?: boolean;
  /** Begins a new part of the menu. */
  readonly isApart?: boolean;
  readonly run: () => void;
}

/** Where a menu opens, in pixels of the window: below or above this box, or at its corner if it has no size. */
export interface MenuAnchor {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The room between a menu and the edge of the window, in pixels. */
const margin = 8;

/**
 * A menu over the page (WAI-ARIA Authoring Practices, "Menu Button"): arrow keys, first letters, Escape. The
 * browser's popover closes it when something else is clicked. It emits `closed`; its parent then removes it.
 */
@Component({
  selector: 'stint-menu',
  imports: [Icon],
  template: `
    <div
      #box
      popover
      role="menu"
      tabindex="-1"
      [attr.aria-label]="label()"
      (toggle)="onToggle($event)"
      (keydown)="onKey($event)"
    >
      @for (item of items(); track item.text; let index = $index) {
        @if (item.isApart) {
          <hr role="separator" />
        }
        <button
          type="button"
          class="quiet"
          tabindex="-1"
          [attr.role]="item.isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'"
          [attr.aria-checked]="item.isChecked"
          [attr.aria-disabled]="item.isDisabled ?? null"
          [class.dangerous]="item.isDangerous"
          (click)="choose(item)"
          (pointerenter)="at.set(index)"
        >
          @if (hasIcons()) {
            <span class="picture">
              @if (item.isChecked) {
                <stint-icon name="check" />
              } @else if (item.icon) {
                <stint-icon [name]="item.icon" />
              }
            </span>
          }
          <span>{{ item.text }}</span>
          @if (item.key) {
            <kbd aria-hidden="true">{{ item.key }}</kbd>
          }
        </button>
      }
    </div>
  `,
  styles: `
    [popover] {
      position: fixed;
      inset: auto;
      min-width: 180px;
      max-width: min(340px, calc(100vw - 16px));
      max-height: calc(100dvh - 16px);
      margin: 0;
      padding: 5px;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: var(--r2);
      background: var(--raised);
      color: var(--text);
      box-shadow: var(--shadow);
    }
    button {
      display: flex;
      justify-content: flex-start;
      gap: 9px;
      width: 100%;
      padding: 4px 8px;
      color: var(--text);
      font-weight: 450;
      text-align: start;
    }
    button:focus-visible,
    button:focus {
      outline: none;
      background: var(--selected);
    }
    button[aria-disabled='true'] {
      color: var(--faint);
      cursor: default;
    }
    .dangerous {
      color: var(--bad);
    }
    .picture {
      display: inline-grid;
      flex: none;
      width: 16px;
      color: var(--soft);
    }
    button > span:not(.picture) {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    kbd {
      margin-inline-start: auto;
      color: var(--soft);
    }
    hr {
      margin: 5px 8px;
      border: 0;
      border-top: 1px solid var(--line-soft);
    }
    @media (forced-colors: active) {
      button:focus {
        outline: 2px solid Highlight;
      }
    }
  `,
})
export class Menu {
  readonly label = input.required<string>();
  readonly items = input.required<readonly MenuItem[]>();
  readonly anchor = input.required<MenuAnchor>();
  /** Stays open after an item with a check mark. */
  readonly isSticky = input(false);
  readonly closed = output();
  protected readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  protected readonly at = signal(0);
  protected readonly hasIcons = computed(() =>
    this.items().some(({ icon, isChecked }) => icon !== undefined || isChecked !== undefined),
  );
  readonly #before = document.activeElement;

  constructor() {
    afterNextRender(() => {
      const box = this.box().nativeElement;
      box.showPopover();
      moveTo(box, this.anchor());
      this.#focus(0);
    });
  }

  protected choose(item: MenuItem): void {
    if (item.isDisabled === true) return;
    if (!(this.isSticky() && item.isChecked !== undefined)) this.box().nativeElement.hidePopover();
    item.run();
  }

  protected onToggle(event: Event): void {
    if ((event as ToggleEvent).newState === 'open') return;
    // Where nothing else has taken the focus meanwhile.
    const isHere = this.box().nativeElement.contains(document.activeElement);
    if (isHere || document.activeElement === document.body) {
      if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
    }
    this.closed.emit();
  }

  protected onKey(event: KeyboardEvent): void {
    const last = this.items().length - 1;
    const now = this.at();
    const target = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: last }[event.key];
    if (target !== undefined) this.#focus((target + last + 1) % (last + 1));
    else if (event.key === 'Escape' || event.key === 'Tab') this.box().nativeElement.hidePopover();
    else if (event.key === 'Enter' || event.key === ' ') {
      const item = this.items()[now];
      if (item !== undefined) this.choose(item);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.#type(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Goes to the next item that begins with the letter. */
  #type(letter: string): void {
    const items = this.items();
    const order = items.map((_, step) => (this.at() + 1 + step) % items.length);
    const next = order.find((index) =>
      items[index]?.text.toLowerCase().startsWith(letter.toLowerCase()),
    );
    if (next !== undefined) this.#focus(next);
  }

  #focus(index: number): void {
    this.at.set(index);
    this.box().nativeElement.querySelectorAll('button')[index]?.focus();
  }
}

/** Puts the box below its anchor, above it where there is more room, and inside the window. */
export function moveTo(box: HTMLElement, { left, right, top, bottom }: MenuAnchor): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const fitsBelow = bottom + height + margin <= innerHeight;
  const y = fitsBelow ? bottom : Math.max(margin, top - height);
  const isRtl = document.documentElement.dir === 'rtl';
  const x = isRtl ? right - width : left;
  box.style.top = `${Math.min(y, Math.max(margin, innerHeight - height - margin))}px`;
  box.style.left = `${Math.max(margin, Math.min(x, innerWidth - width - margin))}px`;
}
