import type { CustomScheme } from 'electron/main';
import type { Runtime } from '../runtime.ts';
import { appScheme } from './address.ts';

/**
 * What the scheme may do: be a secure origin, be fetched from, and stream (the event stream). No CSP
 * bypass, no service workers, no extensions, no CORS.
 */
const privileges: CustomScheme = {
  scheme: appScheme,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  },
};

/** Works once, and only before the app is ready (Electron's `protocol` documentation). */
export function registerScheme(protocol: Runtime['protocol']): void {
  protocol.registerSchemesAsPrivileged([privileges]);
}
