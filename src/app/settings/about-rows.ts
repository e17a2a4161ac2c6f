import { Component, inject, signal } from '@angular/core';
import type { Schemas } from '../../client/client.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import type { HelpLinks } from '../../models/help-links.ts';
import { CopyButton } from '../copy/copy-button.ts';

/** From `homepage` and `bugs` in package.json, inserted by the build; not there while the window is developed. */
declare const STINT_HELP: HelpLinks;

/** Which Stint this is, and what helps with it. */
@Component({
  selector: 'stint-about-rows',
  imports: [CopyButton],
  template: `
    <div class="row">
      <div>
        Stint {{ owner()?.version }}
        <small>
          @if (owner(); as running) {
            Process {{ running.pid }}
            @if (running.port) {
              · port {{ running.port }}
            }
          }
        </small>
      </div>
    </div>
    @if (help.guide ?? help.problems) {
      <div class="row">
        <div>
          Help
          <small>Opens in your browser.</small>
        </div>
        <p>
          @if (help.guide; as page) {
            <a [href]="page" target="_blank" rel="noreferrer">Guide</a>
          }
          @if (help.problems; as page) {
            <a [href]="page" target="_blank" rel="noreferrer">Report a problem</a>
          }
        </p>
      </div>
    }
    @for (one of commands; track one.command) {
      <div class="row">
        <div>
          {{ one.title }}
          <small>{{ one.about }}</small>
        </div>
        <p>
          <code>{{ one.command }}</code>
          <stint-copy-button [label]="'Copy the command: ' + one.title" [text]="one.command" />
        </p>
      </div>
    }
    @for (notice of owner()?.notices; track notice) {
      <p class="row notice">{{ notice }}</p>
    }
  `,
  styleUrl: './rows.css',
})
export class AboutRows {
  readonly #client = inject(OwnerClient).client;
  protected readonly owner = signal<Schemas['Owner'] | undefined>(undefined);
  protected readonly help: HelpLinks = typeof STINT_HELP === 'undefined' ? {} : STINT_HELP;
  protected readonly commands = [
    {
      title: 'Start when I log in',
      about: 'The agent then renews your sessions without a window.',
      command: 'stint agent install',
    },
    {
      title: 'Check this machine',
      about: 'Files, network, clock and permissions, with what to do.',
      command: 'stint doctor',
    },
    {
      title: 'Support bundle',
      about: 'State and logs for a bug report. No secrets.',
      command: 'stint support-bundle',
    },
  ] as const;

  constructor() {
    void this.#read();
  }

  async #read(): Promise<void> {
    try {
      this.owner.set(await this.#client.request('GET', '/v1/owner'));
    } catch {
      // The commands help without it.
    }
  }
}
