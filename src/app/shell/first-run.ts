import { Component, output } from '@angular/core';
import { Icon } from '../icons/icon.ts';

/** What somebody sees who has no session yet. */
@Component({
  selector: 'stint-first-run',
  imports: [Icon],
  template: `
    <div>
      <h2>Keep every way into your accounts here</h2>
      <p>
        A session is one way to reach one AWS account or Azure subscription. Start it, and its
        temporary credentials are where the AWS CLI, the Azure CLI, every SDK and Terraform already
        look. Stop it, and they are gone; your own files stay as they are.
      </p>
      <button class="primary" (click)="add.emit()">
        <stint-icon name="plus" />Add your first session
      </button>
      <p class="or">
        or
        <button class="link" (click)="integrate.emit()">
          bring all of your AWS access portal or Azure tenant
        </button>
      </p>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      place-items: center;
      height: 100%;
      padding: 24px;
      overflow: auto;
    }
    div {
      max-width: 440px;
      text-align: center;
    }
    h2 {
      margin: 0 0 8px;
      font-size: 20px;
      letter-spacing: -0.02em;
    }
    .or {
      margin: 12px 0 0;
    }
    .link {
      padding: 0;
      border: 0;
      background: none;
      color: var(--accent);
      font-weight: 550;
      text-decoration: underline;
    }
    p {
      margin: 0 0 20px;
      color: var(--soft);
      font-size: 14px;
      text-wrap: pretty;
    }
  `,
})
export class FirstRun {
  readonly add = output();
  readonly integrate = output();
}
