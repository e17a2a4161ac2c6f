import { Component, computed, inject } from '@angular/core';
import { Releases } from '../connection/releases.ts';
import { Workspace } from '../connection/workspace.ts';
import { Icon } from '../icons/icon.ts';
import { Now } from '../time/now.ts';
import { moment } from '../time/time-text.ts';

/** The active sessions, the next renewal, the vault, the connection to the owner, and a newer release. */
@Component({
  selector: 'stint-status-bar',
  imports: [Icon],
  template: `
    <footer [class.stale]="stale() !== undefined">
      @if (stale(); as since) {
        <strong role="alert">
          <stint-icon name="warning" />
          Disconnected. Showing data from {{ since }}. Reconnecting…
        </strong>
      } @else {
        <span>{{ workspace.active().length }} active</span>
        @if (next(); as renewal) {
          <span class="next">Next renewal: {{ renewal }}</span>
        }
        <span class="right">
          @if (releases.newer(); as release) {
            @if (release.page; as page) {
              <a [href]="page" target="_blank" rel="noreferrer"
                >Stint {{ release.version }} is available</a
              >
            } @else {
              Stint {{ release.version }} is available
            }
            ·
          }
          {{ workspace.vaultLocked() ? 'Vault locked' : 'Vault unlocked' }} · Up to date
        </span>
      }
    </footer>
  `,
  styles: `
    footer {
      display: flex;
      align-items: center;
      gap: 16px;
      height: 28px;
      padding: 0 16px;
      border-top: 1px solid var(--line);
      color: var(--faint);
      font-size: 11.5px;
      white-space: nowrap;
    }
    .next {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .right {
      margin-inline-start: auto;
    }
    a {
      color: var(--accent);
    }
    .stale {
      background: var(--warn-bg);
      color: var(--warn);
    }
    strong {
      display: flex;
      align-items: center;
      gap: 8px;
      overflow: hidden;
      font-weight: 550;
    }
  `,
})
export class StatusBar {
  protected readonly workspace = inject(Workspace);
  protected readonly releases = inject(Releases);
  readonly #now = inject(Now);
  protected readonly stale = computed(() => {
    const connection = this.workspace.connection();
    return connection.kind === 'stale'
      ? moment(new Date(connection.since).toISOString(), this.#now.rough())
      : undefined;
  });
  protected readonly next = computed(() => {
    const [soonest] = this.workspace
      .active()
      .flatMap(({ renewAt, sessionName }) =>
        renewAt === undefined ? [] : [{ renewAt, sessionName }],
      )
      .sort((a, b) => (a.renewAt < b.renewAt ? -1 : 1));
    if (soonest === undefined) return undefined;
    return `${moment(soonest.renewAt, this.#now.rough())} · ${soonest.sessionName}`;
  });
}
