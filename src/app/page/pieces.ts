import { Component, computed, input } from '@angular/core';

/** A text of parts with ` · ` between them, which breaks between the parts: never inside an account id or a name. */
@Component({
  selector: 'stint-pieces',
  template: `@for (piece of pieces(); track $index) {
    <span>{{ piece }}</span>{{ $last ? '' : ' ' }}
  }`,
  styles: `
    span {
      display: inline-block;
      max-width: 100%;
      overflow-wrap: anywhere;
    }
  `,
})
export class Pieces {
  readonly text = input.required<string>();
  protected readonly pieces = computed(() => {
    const parts = this.text().split(' · ');
    return parts.map((part, at) => (at === parts.length - 1 ? part : `${part} ·`));
  });
}
