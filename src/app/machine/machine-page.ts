import { Component, computed, inject, signal } from '@angular/core';
import type { Change } from '../../models/change.ts';
import { Workspace } from '../connection/workspace.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { Environments } from '../environment/environments.ts';
import { Icon } from '../icons/icon.ts';
import { PageFrame } from '../page/page-frame.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { changeGroups, changesText, outsideHome, restoreLabel } from './change-groups.ts';
import { ChangesOnMachine } from './changes-on-machine.ts';

/** What Stint wrote on this machine and holds of the user's, each with what puts it back. */
@Component({
  selector: 'stint-machine-page',
  imports: [Confirmation, EnvironmentTag, Icon, PageFrame],
  providers: [ChangesOnMachine],
  templateUrl: './machine-page.html',
  styleUrls: ['../page/page-content.css', './machine-page.css'],
})
export class MachinePage {
  protected readonly changes = inject(ChangesOnMachine);
  readonly #workspace = inject(Workspace);
  readonly #environments = inject(Environments);
  readonly #now = inject(Now);
  readonly #toasts = inject(Toasts);
  /** What is asked about before it is put back. */
  protected readonly asked = signal<Change | 'all' | undefined>(undefined);
  protected readonly copied = signal(false);
  protected readonly groups = computed(() => {
    const items = this.changes.items();
    return items === undefined ? undefined : changeGroups(items);
  });
  protected readonly own = computed(() => outsideHome(this.changes.items() ?? []));
  protected readonly restorable = computed(() => this.own().filter((one) => one.restorable));
  protected readonly summary = computed(() => {
    const count = this.own().length;
    const files = new Set(this.own().map(({ file }) => file)).size;
    if (count === 0) return 'No changes.';
    return `${count === 1 ? '1 change' : `${count} changes`} in ${
      files === 1 ? '1 file or folder' : `${files} files and folders`
    }.`;
  });
  protected readonly allText = computed(() => {
    const ids = new Set(this.restorable().map(({ session }) => session?.sessionId));
    const running = [...ids].flatMap((id) => {
      const session = id === undefined ? undefined : this.#workspace.session(id);
      return session === undefined || session.status === 'inactive' ? [] : [session.sessionName];
    });
    const stops =
      running.length === 0
        ? 'No session stops.'
        : `This stops ${running.length === 1 ? 'session' : 'sessions'} ${running.join(', ')}.`;
    return `${stops} Programs that use them get no more credentials.`;
  });

  protected isRunning({ session }: Change): boolean {
    const known = session === undefined ? undefined : this.#workspace.session(session.sessionId);
    return known !== undefined && known.status !== 'inactive';
  }

  /** What a stop could not restore. */
  protected isLeft(change: Change): boolean {
    return change.restorable && restoreLabel(change, this.isRunning(change)) === 'Try now';
  }

  protected label(change: Change): string {
    return restoreLabel(change, this.isRunning(change));
  }

  /** As text: its commands are in backquotes for the terminal. */
  /** Every second piece is a command. */
  protected how({ how }: Change): readonly string[] {
    return how.split('`');
  }

  protected environment({ session }: Change): string | undefined {
    const known = session === undefined ? undefined : this.#workspace.session(session.sessionId);
    return known === undefined ? undefined : this.#environments.of(known);
  }

  protected short(instant: string): string {
    return moment(instant, this.#now.rough());
  }

  protected inFull(instant: string): string {
    return fullMoment(instant);
  }

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(changesText(this.changes.items() ?? []));
      this.copied.set(true);
      this.#toasts.success('Copied.');
    } catch {
      this.#toasts.warn(
        'Cannot copy: the browser does not allow it.',
        'On the command line: stint doctor',
      );
    }
  }
}
