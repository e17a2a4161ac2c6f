import type { NotificationConstructorOptions } from 'electron/main';
import { EventEmitter } from 'node:events';

/**
 * A notification as a person meets it. Actions and replies are shown where Electron's documentation says
 * so: on macOS and Windows.
 */
export class FakeNotification extends EventEmitter {
  readonly words: string;
  shown = false;
  closed = false;
  readonly #options: NotificationConstructorOptions;
  readonly #platform: NodeJS.Platform;

  constructor(options: NotificationConstructorOptions, platform: NodeJS.Platform) {
    super();
    this.#options = options;
    this.#platform = platform;
    this.words = `${options.title ?? ''}: ${options.body ?? ''}`;
  }

  show(): void {
    this.shown = true;
  }

  /** The app takes it away. */
  close(): void {
    this.closed = true;
    this.emit('close');
  }

  /** The person clicks on it. */
  click(): void {
    this.emit('click');
  }

  /** The person presses the button with this label. */
  choose(label: string): void {
    const actionIndex = (this.#options.actions ?? []).findIndex(({ text }) => text === label);
    if (this.#platform === 'linux' || actionIndex === -1)
      throw new Error(`no such action: ${label}`);
    this.emit('action', { actionIndex, selectionIndex: -1 });
  }

  /** The person types into it. */
  reply(text: string): void {
    if (this.#platform === 'linux' || this.#options.hasReply !== true) throw new Error('no reply');
    this.emit('reply', { reply: text });
  }
}
