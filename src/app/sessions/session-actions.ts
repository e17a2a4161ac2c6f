import { inject, Injectable } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Clipboard } from '../copy/clipboard.ts';
import type { MenuItem } from '../menu/menu.ts';
import { Overlays } from '../shell/overlays.ts';
import { BulkOperations } from './bulk-operations.ts';
import { Operations } from './operations.ts';
import { copyFacts } from './session-facts.ts';
import { WebConsole } from './web-console.ts';

/** What can be done with a session, as a menu: for its row, its details and the command palette. */
@Injectable({ providedIn: 'root' })
export class SessionActions {
  readonly #operations = inject(Operations);
  readonly #bulk = inject(BulkOperations);
  readonly #console = inject(WebConsole);
  readonly #clipboard = inject(Clipboard);
  readonly #overlays = inject(Overlays);

  of(session: Session): readonly MenuItem[] {
    return [...this.#running(session), ...this.#copies(session), ...this.#editing(session)];
  }

  #running(session: Session): readonly MenuItem[] {
    const operations = this.#operations;
    const { status, actions } = session;
    const items: MenuItem[] = [];
    if (status === 'inactive') {
      items.push({
        text: 'Start',
        icon: 'play',
        key: 'Enter',
        isDisabled: !actions.includes('start'),
        run: () => void operations.start(session),
      });
    } else {
      items.push(
        { text: 'Stop', icon: 'stop', key: 'S', run: () => void operations.stop(session) },
        {
          text: 'Rotate credentials',
          icon: 'refresh',
          key: 'R',
          isDisabled: status !== 'active',
          run: () => void operations.rotate(session),
        },
      );
      if (actions.includes('extend')) {
        items.push({
          text: 'Extend by an hour',
          icon: 'clock',
          run: () => void operations.extend(session),
        });
      }
    }
    if (session.type !== 'awsIamUser') {
      items.push({
        text: 'Open web console',
        icon: 'globe',
        key: 'C',
        isDisabled: status === 'pending',
        run: () => void this.#console.open(session),
      });
    }
    return items;
  }

  #copies(session: Session): readonly MenuItem[] {
    const items = copyFacts(session).map(([name, text], index): MenuItem => ({
      text: `Copy ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      icon: 'copy',
      isApart: index === 0,
      ...(name === 'Profile' || name === 'Subscription ID' ? { key: 'Y' } : {}),
      run: () => void this.#clipboard.copy(name, text),
    }));
    if (session.status !== 'active' || session.type === 'azure') return items;
    return [
      ...items,
      {
        text: 'Copy credentials',
        icon: 'key',
        run: () => void this.#clipboard.copyCredentials(session),
      },
    ];
  }

  #editing(session: Session): readonly MenuItem[] {
    const overlays = this.#overlays;
    const isAws = session.type !== 'azure';
    return [
      {
        text: session.pinned ? 'Unpin' : 'Pin',
        icon: 'pin',
        key: 'P',
        isApart: true,
        run: () => void this.#operations.pin(session, !session.pinned),
      },
      ...(session.actions.includes('restore')
        ? [
            {
              text: 'Restore from the archive',
              icon: 'undo' as const,
              run: () => void this.#operations.restore(session),
            },
          ]
        : []),
      { text: 'Edit…', icon: 'edit', key: 'E', run: () => overlays.edit(session) },
      ...(isAws
        ? [
            {
              text: 'Assume a role from it…',
              icon: 'plus' as const,
              run: () => overlays.addChained(session),
            },
          ]
        : []),
      { text: 'Duplicate…', icon: 'copy', run: () => overlays.clone(session) },
      {
        text: session.hidden === true ? 'Show in lists' : 'Hide from lists',
        icon: 'hide',
        run: () => void this.#bulk.hide([session], session.hidden !== true),
      },
      {
        text: 'Remove…',
        icon: 'trash',
        key: 'Delete',
        isDangerous: true,
        run: () => overlays.remove(session),
      },
    ];
  }
}
