/**
 * What the window shows at the request of something outside of it: the tray, a notification, a link. It
 * is the fragment of the window's address, so that it also works while the page is still loading.
 */
export type WindowRequest =
  | { readonly kind: 'search' }
  | { readonly kind: 'import' }
  | { readonly kind: 'help' }
  | { readonly kind: 'question'; readonly promptId: string }
  | { readonly kind: 'session'; readonly sessionId: string };

export function requestFragment(request: WindowRequest): string {
  switch (request.kind) {
    case 'search':
    case 'import':
    case 'help':
      return `#${request.kind}`;
    case 'question':
      return `#question=${encodeURIComponent(request.promptId)}`;
    case 'session':
      return `#session=${encodeURIComponent(request.sessionId)}`;
  }
}

/** Undefined for a fragment that requests nothing. */
export function requestIn(fragment: string): WindowRequest | undefined {
  const [name, value = ''] = fragment.replace(/^#/, '').split('=');
  if (name === 'search' || name === 'import' || name === 'help') return { kind: name };
  const id = decoded(value);
  if (id === '') return undefined;
  if (name === 'question') return { kind: 'question', promptId: id };
  return name === 'session' ? { kind: 'session', sessionId: id } : undefined;
}

/** Empty for what is not encoded properly. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
