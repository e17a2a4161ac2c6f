import type { Contents, Runtime } from '../runtime.ts';
import { decideLink } from './external-link.ts';
import { mayNavigate, mayRoam } from './navigation.ts';

/**
 * Every page of every window: it opens nothing, embeds nothing and stays where it is, unless it
 * belongs to a sign-in, which `roams` tells by the page's id.
 */
export function guardContents(
  runtime: Pick<Runtime, 'app' | 'dialog' | 'shell'>,
  roams: (contentsId: number) => boolean = () => false,
): void {
  runtime.app.on('web-contents-created', (_event, contents) => {
    holdStill(contents, roams);
    contents.setWindowOpenHandler(({ url }) => {
      if (!roams(contents.id)) void openOutside(runtime, url);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

function holdStill(contents: Contents, roams: (contentsId: number) => boolean): void {
  const refuseForeign = (event: { readonly url: string; preventDefault(): void }) => {
    const may = roams(contents.id) ? mayRoam : mayNavigate;
    if (!may(event.url)) event.preventDefault();
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
