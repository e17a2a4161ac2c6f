import { Component, input } from '@angular/core';

/** A page: its title, what is beside it, its actions, and below them what scrolls. */
@Component({
  selector: 'stint-page',
  template: `
    <section [attr.aria-labelledby]="titleId">
      <header>
        <h2 [id]="titleId">{{ title() }}</h2>
        <div class="beside"><ng-content select="[beside-title]" /></div>
        <div class="actions"><ng-content select="[page-action]" /></div>
      </header>
      <ng-content select="[page-bar]" />
      <div class="body" [class.flush]="flush()"><ng-content /></div>
    </section>
  `,
  styles: `
    :host {
      display: block;
      height: 100%;
      min-height: 0;
    }
    section {
      display: flex;
      flex-direction: column;
      height: 100%;
    }
    header {
      flex: none;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px 14px;
      min-height: 56px;
      padding: 10px 24px;
      border-bottom: 1px solid var(--line);
      background: var(--bg);
    }
    h2 {
      margin: 0;
      font-size: 16px;
      font-weight: 650;
      letter-spacing: -0.01em;
    }
    .beside {
      flex: 1;
      display: flex;
      align-items: center;
      gap: 8px;
      min-width: 0;
      color: var(--soft);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .body {
      flex: 1;
      min-height: 0;
      padding: 18px 24px 32px;
      overflow: auto;
    }
    .flush {
      padding: 0;
    }
    @media (max-width: 860px) {
      header {
        padding: 8px 12px;
        min-height: 0;
      }
      .body:not(.flush) {
        padding: 12px;
      }
    }
  `,
})
export class PageFrame {
  readonly title = input.required<string>();
  /** The content goes up to the edges. */
  readonly flush = input(false);
  protected readonly titleId = 'page-title';
}
