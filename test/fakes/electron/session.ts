import type { OnBeforeRequestListenerDetails, ProxyConfig } from 'electron/main';
import type { ShellSession } from '../../../electron/runtime.ts';

type BeforeRequest = Extract<
  Parameters<ShellSession['webRequest']['onBeforeRequest']>[0],
  (...args: never[]) => unknown
>;
type Handler = Parameters<ShellSession['protocol']['handle']>[1];
type PermissionCheck = NonNullable<Parameters<ShellSession['setPermissionCheckHandler']>[0]>;
type PermissionRequest = NonNullable<Parameters<ShellSession['setPermissionRequestHandler']>[0]>;
type DeviceCheck = NonNullable<Parameters<ShellSession['setDevicePermissionHandler']>[0]>;

/** Who sends a request; by default the top frame of a page on the app's own origin. */
export interface Asker {
  readonly webContentsId?: number;
  readonly frame?: 'top' | 'sub' | 'gone';
  readonly resourceType?: OnBeforeRequestListenerDetails['resourceType'];
  readonly initiatorOrigin?: string;
}

/** A session (a partition): its protocol handlers, its request filter, its permissions. */
export class FakeSession {
  readonly #handlers = new Map<string, Handler>();
  #beforeRequest: BeforeRequest | undefined;
  #permissionCheck: PermissionCheck | null = null;
  #permissionRequest: PermissionRequest | null = null;
  #deviceCheck: DeviceCheck | null = null;

  /** What the network answers to http and https; if omitted, nothing answers. */
  network: ((request: Request) => Response) | undefined;
  cleared = 0;

  readonly protocol = {
    handle: (scheme: string, handler: Handler): void => {
      if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} is already handled`);
      this.#handlers.set(scheme, handler);
    },
  };

  readonly webRequest = {
    onBeforeRequest: (first: unknown, second?: unknown): void => {
      const listener = typeof first === 'function' ? first : second;
      this.#beforeRequest = (listener ?? undefined) as BeforeRequest | undefined;
    },
  } satisfies ShellSession['webRequest'];

  proxy: ProxyConfig | undefined;

  setProxy(proxy: ProxyConfig): Promise<void> {
    this.proxy = proxy;
    return Promise.resolve();
  }

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.#permissionCheck = handler;
  }

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.#permissionRequest = handler;
  }

  setDevicePermissionHandler(handler: DeviceCheck | null): void {
    this.#deviceCheck = handler;
  }

  /** What Chromium's network service does with a request: filter, then the scheme's handler. */
  async load(request: Request, asker: Asker): Promise<Response> {
    if (await this.#isCancelled(request, asker)) throw new TypeError('net::ERR_BLOCKED_BY_CLIENT');
    const { protocol } = new URL(request.url);
    if (/^https?:$/.test(protocol)) {
      if (this.network === undefined) throw new Error('ERR_CONNECTION_REFUSED (-102)');
      return this.network(request);
    }
    const handler = this.#handlers.get(protocol.replace(/:$/, ''));
    if (handler === undefined) throw new TypeError('net::ERR_UNKNOWN_URL_SCHEME');
    return await handler(request);
  }

  /** Both permission questions of Chromium; without handlers Electron grants everything. */
  grants(permission: string, url: string): boolean {
    const name = permission as Parameters<PermissionCheck>[1];
    const checked = this.#permissionCheck?.(null, name, url, {
      isMainFrame: true,
      requestingUrl: url,
    });
    if (checked !== false) return true;
    let granted = true;
    this.#permissionRequest?.(
      undefined as unknown as Parameters<PermissionRequest>[0],
      name,
      (answer) => (granted = answer),
      { isMainFrame: true, requestingUrl: url },
    );
    return granted;
  }

  clearStorageData(): Promise<void> {
    this.cleared += 1;
    return Promise.resolve();
  }

  grantsDevice(device: Parameters<DeviceCheck>[0]): boolean {
    return this.#deviceCheck?.(device) ?? true;
  }

  async #isCancelled(request: Request, asker: Asker): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (listener === undefined) return false;
    const { frame = 'top', resourceType = 'xhr', initiatorOrigin, webContentsId } = asker;
    const body = request.body === null ? undefined : await request.clone().arrayBuffer();
    const details = {
      id: 1,
      url: request.url,
      method: request.method,
      referrer: '',
      timestamp: Date.now(),
      uploadData: body === undefined ? [] : [{ bytes: Buffer.from(body) }],
      resourceType,
      ...(webContentsId === undefined ? {} : { webContentsId }),
      ...(initiatorOrigin === undefined ? {} : { initiatorOrigin }),
      frame: frame === 'gone' ? null : { parent: frame === 'top' ? null : {} },
    } as unknown as OnBeforeRequestListenerDetails;
    return await new Promise((resolve) => {
      listener(details, ({ cancel }) => resolve(cancel === true));
    });
  }
}
