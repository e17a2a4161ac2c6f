import { Component, computed, input } from '@angular/core';
import { passphraseStrength } from './passphrase-strength.ts';

/** How strong a new passphrase is: four bars, a word and what would make it stronger. */
@Component({
  selector: 'stint-strength-meter',
  template: `
    <p role="status" [attr.data-level]="strength().level">
      <span class="bars" aria-hidden="true">
        @for (level of levels; track level) {
          <i [class.on]="level <= strength().level"></i>
        }
      </span>
      @if (passphrase() !== '') {
        <b><span class="unseen">Strength: </span>{{ strength().text }}</b>
        @if (strength().hint; as hint) {
          <small>{{ hint }}</small>
        }
      }
    </p>
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 8px;
      min-height: 20px;
      margin: 6px 0 8px;
    }
    .bars {
      display: inline-flex;
      gap: 4px;
    }
    i {
      width: 26px;
      height: 4px;
      border-radius: 2px;
      background: var(--line);
    }
    b {
      font-size: 12px;
      font-weight: 550;
    }
    small {
      flex-basis: 100%;
      color: var(--soft);
      font-size: 12px;
    }
    [data-level='0'] b,
    [data-level='1'] b {
      color: var(--bad);
    }
    [data-level='2'] b {
      color: var(--warn);
    }
    [data-level='3'] b,
    [data-level='4'] b {
      color: var(--ok);
    }
    [data-level='1'] .on {
      background: var(--bad);
    }
    [data-level='2'] .on {
      background: var(--warn);
    }
    [data-level='3'] .on,
    [data-level='4'] .on {
      background: var(--ok);
    }
    @media (forced-colors: active) {
      i {
        border: 1px solid CanvasText;
        forced-color-adjust: none;
      }
      .on {
        background: CanvasText !important;
      }
    }
  `,
})
export class StrengthMeter {
  readonly passphrase = input.required<string>();
  protected readonly levels = [1, 2, 3, 4] as const;
  protected readonly strength = computed(() => passphraseStrength(this.passphrase()));
}
