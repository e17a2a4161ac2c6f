import { Component, computed, inject, signal } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { environmentKind } from '../environment/environment-kind.ts';
import { Environments } from '../environment/environments.ts';
import { Icon } from '../icons/icon.ts';
import { MenuButton } from '../menu/menu-button.ts';
import type { MenuItem } from '../menu/menu.ts';
import { BulkOperations } from './bulk-operations.ts';
import { CheckMarks } from './check-marks.ts';

type Asked = 'label' | 'region';

const usualEnvironments = ['production', 'staging', 'development'];

/** The actions on the sessions with a check mark, below the list. */
@Component({
  selector: 'stint-bulk-bar',
  imports: [Icon, MenuButton],
  template: `
    @if (sessions().length > 0) {
      <div role="toolbar" aria-label="Actions on the selected sessions">
        <b role="status">{{ sessions().length }} selected</b>
        @if (production() > 0) {
          <span class="production">
            <stint-icon name="production" />{{ production()
            }}<span class="word">&ngsp;production</span>
          </span>
        }
        @if (asked(); as what) {
          <form (submit)="answer($event, what, field.value)">
            <input
              #field
              [attr.aria-label]="what === 'label' ? 'Label to add' : 'Region'"
              [placeholder]="what === 'label' ? 'Label to add' : 'eu-west-1'"
              maxlength="64"
              spellcheck="false"
              (keydown.escape)="asked.set(undefined); $event.stopPropagation()"
            />
            <button class="primary" type="submit">{{ what === 'label' ? 'Add' : 'Set' }}</button>
            <button type="button" class="quiet" (click)="asked.set(undefined)">Cancel</button>
          </form>
        } @else {
          <button type="button" class="primary" [disabled]="inactive() === 0" (click)="start()">
            <stint-icon name="play" />Start
          </button>
          <button
            type="button"
            class="quiet"
            [disabled]="inactive() === sessions().length"
            (click)="bulk.stop(sessions())"
          >
            <stint-icon name="stop" /><span class="second">Stop</span>
          </button>
          <button
            type="button"
            class="quiet"
            title="Rotate"
            [disabled]="active() === 0"
            (click)="bulk.rotate(sessions())"
          >
            <stint-icon name="refresh" /><span class="second">Rotate</span>
          </button>
          <button type="button" class="quiet" title="Label" (click)="ask('label')">
            <stint-icon name="tag" /><span class="second">Label</span>
          </button>
          <stint-menu-button
            class="compact"
            label="Environment"
            text="Environment"
            icon="layers"
            [items]="environments()"
          />
          <button type="button" class="quiet" title="Region" (click)="ask('region')">
            <stint-icon name="globe" /><span class="third">Region</span>
          </button>
          <button
            type="button"
            class="quiet"
            [title]="allPinned() ? 'Unpin' : 'Pin'"
            (click)="bulk.pin(sessions(), !allPinned())"
          >
            <stint-icon name="pin" /><span class="third">{{ allPinned() ? 'Unpin' : 'Pin' }}</span>
          </button>
          <button type="button" class="quiet" title="Hide" (click)="bulk.hide(sessions(), true)">
            <stint-icon name="hide" /><span class="third">Hide</span>
          </button>
        }
        <button type="button" class="quiet end" (click)="marks.clear()">
          <stint-icon name="close" /><span class="unseen">Clear the selection</span
          ><kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      container: toolbar / inline-size;
      display: block;
      flex: none;
    }
    div {
      display: flex;
      align-items: center;
      gap: 2px;
      min-height: 48px;
      padding-block: 7px;
      padding-inline: 16px 8px;
      flex-wrap: wrap;
      border-top: 1px solid var(--line);
      background: var(--raised);
      box-shadow: 0 -6px 18px rgb(16 24 40 / 6%);
      white-space: nowrap;
    }
    b {
      margin-inline-end: 8px;
      font-weight: 600;
    }
    button {
      position: relative;
      gap: 4px;
      padding: 5px 6px;
      font-size: 12.5px;
    }
    .production {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      margin-inline-end: 8px;
      padding: 0 6px;
      border-radius: 4px;
      background: var(--prod);
      color: var(--on-prod);
      font-size: 10px;
      font-weight: 700;
      letter-spacing: 0.05em;
      line-height: 18px;
      text-transform: uppercase;
    }
    @media (forced-colors: active) {
      .production {
        forced-color-adjust: none;
        background: CanvasText;
        color: Canvas;
      }
    }
    .production stint-icon {
      zoom: 0.7;
    }
    form {
      display: flex;
      gap: 4px;
    }
    input {
      width: 200px;
      padding: 4px 8px;
    }
    .end {
      margin-inline-start: auto;
    }
    /* One line at any width: names give way to pictures, the rarest actions first. */
    @container toolbar (max-width: 880px) {
      kbd {
        display: none;
      }
      .third {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
    @container toolbar (max-width: 680px) {
      .second {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
    @container toolbar (max-width: 560px) {
      div {
        gap: 0;
        padding-inline-start: 10px;
      }
      button {
        padding-inline: 5px;
      }
      .word {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
    @media (forced-colors: active) {
      .production {
        border: 2px solid CanvasText;
      }
    }
  `,
})
export class BulkBar {
  protected readonly bulk = inject(BulkOperations);
  protected readonly marks = inject(CheckMarks);
  readonly #environments = inject(Environments);
  protected readonly asked = signal<Asked | undefined>(undefined);
  protected readonly sessions = this.marks.sessions;
  protected readonly inactive = computed(() => this.#count('inactive'));
  protected readonly active = computed(() => this.#count('active'));
  protected readonly allPinned = computed(() => this.sessions().every(({ pinned }) => pinned));
  protected readonly production = computed(
    () =>
      this.sessions().filter(
        (session) => environmentKind(this.#environments.of(session) ?? '') === 'production',
      ).length,
  );
  protected readonly environments = computed((): readonly MenuItem[] => [
    ...usualEnvironments.map((environment) => ({
      text: environment.charAt(0).toUpperCase() + environment.slice(1),
      run: () => void this.bulk.setEnvironment(this.sessions(), environment),
    })),
    {
      text: 'As the rules say',
      isApart: true,
      run: () => void this.bulk.setEnvironment(this.sessions(), undefined),
    },
  ]);

  protected start(): void {
    void this.bulk.start(this.sessions());
  }

  #count(status: Session['status']): number {
    return this.sessions().filter((session) => session.status === status).length;
  }

  protected ask(what: Asked): void {
    this.asked.set(what);
    setTimeout(() => document.querySelector<HTMLInputElement>('stint-bulk-bar input')?.focus());
  }

  protected answer(event: Event, what: Asked, text: string): void {
    event.preventDefault();
    const value = text.trim();
    if (value === '') return;
    this.asked.set(undefined);
    void (what === 'label'
      ? this.bulk.label(this.sessions(), value)
      : this.bulk.setRegion(this.sessions(), value));
  }
}
