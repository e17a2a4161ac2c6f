import { Component, computed, input } from '@angular/core';

/** Paths on a 16 × 16 grid, drawn in the colour of the text. */
const shapes = {
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9m3.5 8 3 3',
  plus: 'M8 3v10M3 8h10',
  list: 'M2 4h12M2 8h12M2 12h12',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3l2 1.5',
  pin: 'M6 2h4l-.6 4L12 8.5H4L6.6 6zM8 8.5V14',
  copy: 'M7 5.5h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5M10.5 3.5V3A1.5 1.5 0 0 0 9 1.5H4A1.5 1.5 0 0 0 2.5 3v5A1.5 1.5 0 0 0 4 9.5h.5',
  check: 'm3 8.5 3.2 3.2L13 5',
  close: 'm4 4 8 8M12 4l-8 8',
  warning: 'M8 2.2 14.5 13.5h-13zM8 6.5v3M8 11.7v.1',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  moon: 'M13.2 9.7A5.6 5.6 0 0 1 6.3 2.8a5.6 5.6 0 1 0 6.9 6.9',
  up: 'm4.5 9.5 3.5-3.5 3.5 3.5',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  back: 'M10 3 5 8l5 5',
  keyboard: 'M2 4.5h12v7H2zM4.5 7h.1M7 7h.1M9.5 7h.1M12 7h-.1M5 9.5h6',
  edit: 'm10.5 2.5 3 3-8 8h-3v-3zM9 4l3 3',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 9h5.8l.6-9',
  plug: 'M6 2v3.5M10 2v3.5M4 5.5h8V8a4 4 0 0 1-8 0zM8 12v2.5',
  external: 'M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  undo: 'M5.500 3 2.500 6l3 3M2.500 6H10a3.500 3.500 0 0 1 0 7H6.500',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  machine: 'M2.5 3.500h11v3.500h-11zM2.5 9h11v3.500h-11zM5 5.250h.1M5 10.750h.1',
  history: 'M2.500 8a5.500 5.500 0 1 0 1.800-4.100L2.500 5.500M2.500 2.500v3h3M8 5v3l2 1.500',
  gear: 'M8 5.900a2.100 2.100 0 1 0 0 4.200 2.100 2.100 0 0 0 0-4.200M8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M12.600 3.400l-1.400 1.400M4.800 11.200l-1.400 1.400',
  person:
    'M8 2.500a2.700 2.700 0 1 0 0 5.400 2.700 2.700 0 0 0 0-5.400M3 13.500c.4-2.700 2.400-4 5-4s4.600 1.300 5 4',
  key: 'M10 2.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M7.500 8.500 2.500 13.500M4 12l1.500 1.500',
  download: 'M8 2.500v8M4.800 7.500 8 10.700l3.200-3.200M3 13.500h10',
  shield: 'M8 2 3 4v4c0 3 2.200 5.200 5 6 2.800-.8 5-3 5-6V4z',
  production: 'M5.500 2h5L14 5.500v5L10.500 14h-5L2 10.500v-5zM8 5v3.500M8 10.800v.1',
  play: 'M5.500 3.500v9l7-4.500z',
  stop: 'M4.500 4.500h7v7h-7z',
  phone: 'M5 2h6v12H5zM7.500 11.800h1',
  terminal: 'M2.500 3h11v10h-11zM5 6.500l2 1.700-2 1.700M8.500 10h2.500',
  right: 'm6.5 4.5 3.500 3.500-3.500 3.500',
  layers:
    'M8 2.500 14 5.500 8 8.500 2 5.500zM2.500 8.500 8 11.200l5.500-2.700M2.500 11 8 13.700 13.500 11',
  cloud: 'M4.500 12.500a3 3 0 0 1-.3-6 4 4 0 0 1 7.600.8 2.600 2.600 0 0 1 0 5.200z',
  eye: 'M1.500 8C3 5.200 5.300 3.800 8 3.800s5 1.400 6.500 4.200c-1.500 2.800-3.800 4.200-6.500 4.200S3 10.800 1.500 8M8 6.300a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400',
  hide: 'M1.5 8C3 5.2 5.3 3.8 8 3.8s5 1.4 6.5 4.2c-1.500 2.800-3.800 4.200-6.500 4.200S3 10.800 1.500 8M3 2.500l10 11',
  bell: 'M8 2.200a3.800 3.800 0 0 0-3.800 3.800v2.800L3 11.200h10l-1.200-2.400V6A3.800 3.800 0 0 0 8 2.200M6.700 13.500h2.600',
  tag: 'M2.500 2.500h5l6 6-5 5-6-6zM5.300 5.300h.1',
  columns: 'M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10',
  commands: 'M2.500 4h11M2.500 8h6M2.500 12h6M11 8.500l2.300 1.800L11 12.100',
  refresh: 'M13 8a5 5 0 1 1-1.500-3.600L13 6M13 2.800V6h-3.200',
  globe:
    'M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11M2.500 8h11M8 2.500c3.300 3.300 3.300 7.700 0 11M8 2.500c-3.300 3.300-3.300 7.700 0 11',
  grip: 'M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1',
  filter: 'M2.500 4h11M4.500 8h7M6.500 12h3',
  more: 'M3.5 8h.1M8 8h.1M12.500 8h.1',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
} as const;

export type IconName = keyof typeof shapes;

/** A picture beside a text; hidden from screen readers. */
@Component({
  selector: 'stint-icon',
  template: `<svg viewBox="0 0 16 16" aria-hidden="true"><path [attr.d]="shape()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      width: 16px;
      height: 16px;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.7;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly shape = computed(() => shapes[this.name()]);
}
