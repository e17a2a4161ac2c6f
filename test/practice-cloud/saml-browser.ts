/** A browser as far as sign-in pages need one: it keeps cookies and sends forms. */
export class FormBrowser {
  readonly #cookies = new Map<string, string>();
  /** `Set-Cookie` as it came last. */
  lastCookie: string | undefined;

  async open(url: string): Promise<Page> {
    return await this.#load(url, { method: 'GET' });
  }

  /** Sends the page's form with its hidden fields and `fields`. */
  async send(page: Page, fields: Readonly<Record<string, string>>): Promise<Page> {
    const body = new URLSearchParams({ ...page.hidden, ...fields });
    return await this.#load(page.action, { method: 'POST', body });
  }

  async #load(url: string, init: RequestInit): Promise<Page> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const headers: Record<string, string> = cookie === '' ? {} : { cookie };
    // By hand, as a cookie may come with the redirect.
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.lastCookie = answer.headers.getSetCookie()[0];
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(this.lastCookie ?? '') ?? [];
    if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    const location = answer.headers.get('location');
    if (location !== null) return await this.open(new URL(location, url).href);
    return pageOf(url, answer.status, await answer.text());
  }
}

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly title: string;
  readonly complaint: string | undefined;
  /** Where its form goes, as a whole address. */
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

function pageOf(url: string, status: number, html: string): Page {
  const hidden = [...html.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return {
    url,
    status,
    title: /<title>([^<]*)/.exec(html)?.[1] ?? '',
    complaint: /role="alert">([^<]*)/.exec(html)?.[1],
    action: new URL(/action="([^"]*)"/.exec(html)?.[1] ?? '', url).href,
    hidden: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
  };
}
