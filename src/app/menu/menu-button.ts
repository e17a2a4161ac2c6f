import { Component, computed, type ElementRef, input, signal, viewChild } from '@angular/core';
import { Icon, type IconName } from '../icons/icon.ts';
import { Menu, type MenuAnchor, type MenuItem } from './menu.ts';

/** A button that opens a menu below it. */
@Component({
  selector: 'stint-menu-button',
  imports: [Icon, Menu],
  template: `
    <button
      #button
      type="button"
      [class]="variant()"
      aria-haspopup="menu"
      [attr.aria-expanded]="anchor() !== undefined"
      [attr.aria-label]="name()"
      [title]="name()"
      (click)="toggle()"
    >
      @if (icon(); as name) {
        <stint-icon [name]="name" />
      }
      @if (text()) {
        <span>{{ text() }}</span>
        <stint-icon name="down" />
      }
    </button>
    @if (anchor(); as at) {
      <stint-menu
        [label]="label()"
        [items]="items()"
        [anchor]="at"
        [isSticky]="isSticky()"
        (closed)="anchor.set(undefined)"
      />
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    .square {
      padding: 6px 8px;
    }
    stint-icon[name='down'] {
      zoom: 0.8;
    }
    /* In a narrow list the picture and the name of the button are enough. */
    @container toolbar (max-width: 900px) {
      :host(.sooner) span,
      :host(.sooner) stint-icon[name='down'] {
        display: none;
      }
    }
    @container toolbar (max-width: 760px) {
      :host(.compact) span,
      :host(.compact) stint-icon[name='down'] {
        display: none;
      }
    }
  `,
})
export class MenuButton {
  /** The name of the menu, and of a button without text. */
  readonly label = input.required<string>();
  readonly text = input('');
  readonly icon = input<IconName>();
  readonly variant = input('quiet');
  readonly items = input.required<readonly MenuItem[]>();
  readonly isSticky = input(false);
  protected readonly button = viewChild.required<ElementRef<HTMLElement>>('button');
  protected readonly name = computed(() => {
    const [text, label] = [this.text(), this.label()];
    return text === '' || text === label ? label : `${label}: ${text}`;
  });
  protected readonly anchor = signal<MenuAnchor | undefined>(undefined);

  protected toggle(): void {
    const { left, right, top, bottom } = this.button().nativeElement.getBoundingClientRect();
    this.anchor.update((now) =>
      now === undefined ? { left, right, top: top - 4, bottom: bottom + 4 } : undefined,
    );
  }
}
