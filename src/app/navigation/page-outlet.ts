import { NgComponentOutlet } from '@angular/common';
import { Component, computed, input, resource } from '@angular/core';
import type { OtherPage } from './page-name.ts';
import { pages } from './pages.ts';

/** Shows a page, whose code is loaded when it is first opened. */
@Component({
  selector: 'stint-page-outlet',
  imports: [NgComponentOutlet],
  template: `
    @if (component.hasValue()) {
      <ng-container [ngComponentOutlet]="component.value()" />
    } @else if (component.error()) {
      <div role="alert">
        <p>This page could not be loaded.</p>
        <button (click)="component.reload()">Try again</button>
      </div>
    } @else {
      <p role="status">Loading {{ title() }}…</p>
    }
  `,
  styles: `
    :host {
      display: block;
      height: 100%;
      overflow: auto;
    }
    div,
    p {
      margin: 24px;
      color: var(--soft);
    }
  `,
})
export class PageOutlet {
  readonly page = input.required<OtherPage>();
  readonly #description = computed(() => pages.find(({ name }) => name === this.page()));
  protected readonly title = computed(() => this.#description()?.title ?? '');
  protected readonly component = resource({
    params: () => this.#description(),
    loader: ({ params }) => params.load(),
  });
}
