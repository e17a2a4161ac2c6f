import { Component, computed, input } from '@angular/core';

const circumference = 2 * Math.PI * 9;

/** How much of a run's time is left, as a ring; the text beside it says the same. */
@Component({
  selector: 'stint-time-ring',
  template: `
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      [class.low]="low()"
      [class.waiting]="share() === undefined"
    >
      <circle class="track" cx="12" cy="12" r="9" />
      @if (share() !== 0) {
        <circle class="value" cx="12" cy="12" r="9" [attr.stroke-dasharray]="dashes()" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      width: 22px;
      height: 22px;
      flex: none;
    }
    svg {
      width: 100%;
      height: 100%;
      transform: rotate(-90deg);
    }
    circle {
      fill: none;
      stroke-width: 3;
    }
    .track {
      stroke: var(--line);
    }
    .value {
      stroke: var(--ok);
      stroke-linecap: round;
      transition: stroke-dasharray 0.6s;
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
    @keyframes turn {
      to {
        transform: rotate(270deg);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .waiting {
        animation: none;
      }
      .value {
        transition: none;
      }
    }
  `,
})
export class TimeRing {
  /** 0 to 1; undefined while the session starts. */
  readonly share = input<number>();
  readonly low = input(false);
  protected readonly dashes = computed(
    () => `${(this.share() ?? 0.25) * circumference} ${circumference}`,
  );
}
