import type { Contents, Runtime } from '../runtime.ts';
import { decideLink } from './external-link.ts';
import { mayNavigate } from './navigation.ts';

/** Every page of every window: it stays where it is, opens nothing and embeds nothing. */
export function guardContents(runtime: Pick<Runtime, 'app' | 'dialog' | 'shell'>): void {
  runtime.app.on('web-contents-created', (_event, contents) => {
    holdStill(contents);
    contents.setWindowOpenHandler(({ url }) => {
      void openOutside(runtime, url);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

function holdStill(contents: Contents): void {
  const refuseForeign = (event: { readonly url: string; preventDefault(): void }) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuseForeign);
  contents.on('will-frame-navigate', refuseForeign);
  contents.on('will-redirect', refuseForeign);
}

async function openOutside(
  { dialog, shell }: Pick<Runtime, 'dialog' | 'shell'>,
  address: string,
): Promise<void> {
  const decision = decideLink(address);
  if (decision.kind === 'refuse') return;
  if (decision.kind === 'confirm') {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Open ${decision.host} in your browser?`,
      detail: decision.url,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return;
  }
  await shell.openExternal(decision.url);
}
