import { explain } from '../explain.ts';
import type { Contents, Runtime } from '../runtime.ts';
import { decideLink } from './external-link.ts';
import { mayNavigate, maySignInNavigate } from './navigation.ts';

/**
 * Guards every page of every window: it opens no window, embeds nothing and does not navigate, unless
 * `isSignInPage` says that the page with that id belongs to a sign-in.
 */
export function guardContents(
  runtime: Pick<Runtime, 'app' | 'dialog' | 'shell'>,
  isSignInPage: (contentsId: number) => boolean = () => false,
): void {
  runtime.app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, isSignInPage);
    contents.setWindowOpenHandler(({ url }) => {
      if (!isSignInPage(contents.id)) {
        openOutside(runtime, url).catch((error: unknown) => {
          runtime.dialog.showErrorBox('No browser opened', `${url}\n\n${explain(error)}`);
        });
      }
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

function guardNavigation(contents: Contents, isSignInPage: (contentsId: number) => boolean): void {
  const refuseOthers = (event: { readonly url: string; preventDefault(): void }) => {
    const may = isSignInPage(contents.id) ? maySignInNavigate : mayNavigate;
    if (!may(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuseOthers);
  contents.on('will-frame-navigate', refuseOthers);
  contents.on('will-redirect', refuseOthers);
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
      // Without the query, which may be a secret.
      detail: decision.url.replace(/\?.*/, '?…'),
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return;
  }
  await shell.openExternal(decision.url);
}
