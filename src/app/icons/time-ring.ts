import { Component, computed, input } from '@angular/core';

const circumference = 2 * Math.PI * 9;

/**
 * The state of a session as a ring; the text beside it says the same. Without `state`, how much of a run's
 * time is left: green while it is renewed, amber when it ends soon, and turning while it starts.
 */
@Component({
  selector: 'stint-time-ring',
  template: `
    <svg viewBox="0 0 24 24" aria-hidden="true" [attr.class]="kind()">
      <circle class="track" cx="12" cy="12" r="9" />
      @switch (kind()) {
        @case ('failed') {
          <path d="M12 7v6M12 16.5v.1" />
        }
        @case ('off') {}
        @case ('asking') {}
        @default {
          @if (share() !== 0) {
            <circle class="value" cx="12" cy="12" r="9" [attr.stroke-dasharray]="dashes()" />
          }
        }
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      width: 20px;
      height: 20px;
      flex: none;
    }
    svg {
      width: 100%;
      height: 100%;
    }
    circle,
    path {
      fill: none;
      stroke-width: 3;
    }
    .track {
      stroke: var(--line);
    }
    .value {
      transform: rotate(-90deg);
      transform-origin: 12px 12px;
      stroke: var(--ok);
      stroke-linecap: round;
    }
    .low .value {
      stroke: var(--warn);
    }
    .waiting .value {
      stroke: var(--accent);
    }
    .waiting {
      animation: turn 1.2s linear infinite;
    }
    .failed .track,
    .failed path {
      stroke: var(--bad);
      stroke-width: 2.4;
      stroke-linecap: round;
    }
    /* Six dots: the circumference is 56.55. */
    .asking .track {
      transform: rotate(-90deg);
      transform-origin: 12px 12px;
      stroke: var(--warn);
      stroke-width: 3.6;
      stroke-linecap: round;
      stroke-dasharray: 0.01 9.415;
    }
    .off .track {
      r: 4.5px;
      stroke: var(--field);
      stroke-width: 1.8;
    }
    @keyframes turn {
      to {
        transform: rotate(360deg);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .waiting {
        animation: none;
      }
    }
  `,
})
export class TimeRing {
  /** 0 to 1; undefined while the session starts. */
  readonly share = input<number>();
  readonly low = input(false);
  /** `asking`: a question waits for an answer. */
  readonly state = input<'failed' | 'asking' | 'off'>();
  protected readonly kind = computed(
    () => this.state() ?? (this.share() === undefined ? 'waiting' : this.low() ? 'low' : 'left'),
  );
  protected readonly dashes = computed(
    () => `${(this.share() ?? 0.25) * circumference} ${circumference}`,
  );
}
