import { Component, output } from '@angular/core';
import { Icon } from '../icons/icon.ts';

/** Shown while there are no sessions. */
@Component({
  selector: 'stint-first-run',
  imports: [Icon],
  template: `
    <div>
      <h2>All your cloud access in one place</h2>
      <p>
        A session gives you access to one AWS account or Azure subscription. Start it, and the AWS
        CLI, the Azure CLI, SDKs and Terraform find its temporary credentials. Stop it, and Stint
        removes them. Your own profiles are not changed.
      </p>
      <button class="primary" (click)="add.emit()">
        <stint-icon name="plus" />Add your first session
      </button>
      <p class="or">
        or
        <button class="link" (click)="integrate.emit()">
          connect AWS IAM Identity Center or an Azure tenant
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
