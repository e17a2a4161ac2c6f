import { inject, Injectable } from '@angular/core';
import { browserTarget } from '../../models/console-browser.ts';
import { OwnerClient, type Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Toasts } from '../toasts/toasts.ts';

/** Opens web consoles. Failures are shown as toasts; no method rejects. */
@Injectable({ providedIn: 'root' })
export class WebConsole {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #toasts = inject(Toasts);

  /** Starts an inactive session for it alone; a start that asks something leaves the rest to a second click. */
  async open(session: Session): Promise<void> {
    // Browsers allow a new tab only in the moment of the click. The desktop app opens none itself.
    const tab = window.open('about:blank', '_blank');
    try {
      const url = await this.#address(session);
      // The desktop app has opened the browser of the settings itself where it leaves the address empty.
      if (url === undefined || url === '') tab?.close();
      else if (tab === null) window.open(url, '_blank', 'noopener,noreferrer');
      else {
        tab.opener = null;
        tab.location.replace(url);
      }
    } catch (error) {
      tab?.close();
      this.#toasts.error(error);
    }
  }

  async #address(session: Session): Promise<string | undefined> {
    const { status } = session;
    if (status === 'active' || session.type === 'azure') return await this.#ask(session);
    const started = await this.#owner.client.request('POST', '/v1/sessions/{id}/start', {
      path: { id: session.sessionId },
      body: { untilLastLease: true },
    });
    this.#workspace.put(started.session);
    if (started.session.status === 'active') return await this.#ask(session);
    this.#toasts.warn(
      `${session.sessionName} needs your answer first.`,
      'Answer it, then open the web console again.',
    );
    return undefined;
  }

  async #ask({ sessionId, sessionName }: Session): Promise<string> {
    const { url } = await this.#owner.client.request('POST', '/v1/sessions/{id}/console', {
      path: { id: sessionId },
      body: {},
    });
    // This page cannot choose the browser that it is in, but Firefox opens a container by the address.
    if (url === '' || !navigator.userAgent.includes('Firefox/')) return url;
    const { consoleBrowser } = await this.#owner.client.request('GET', '/v1/settings');
    return browserTarget(url, consoleBrowser, { sessionName });
  }
}
