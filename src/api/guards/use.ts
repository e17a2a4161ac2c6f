import type { Role } from '../../models/scope.ts';
import { isSdkEndpoint } from './sdk-endpoint.ts';

/** What programs and open windows ask by themselves, again and again. */
const unattended = [
  /^\/v1\/(events|healthz|handshake|metrics|openapi\.json|lease)$/,
  // `credential_process`, which SDKs run.
  /^\/v1\/sessions\/[^/]+\/credentials$/,
];

/**
 * Whether a request shows that somebody uses Stint now: a command, or something done in the window.
 * What the window only reads does not count, since it reads at every event.
 */
export function isUse({
  method,
  path,
  role,
}: {
  readonly method: string;
  readonly path: string;
  /** Of the caller; undefined where none is known yet. */
  readonly role: Role | undefined;
}): boolean {
  if (role === undefined || role === 'credentials' || isSdkEndpoint(path)) return false;
  const trimmed = path.replace(/\/$/, '');
  if (unattended.some((pattern) => pattern.test(trimmed))) return false;
  return role !== 'window' || (method !== 'GET' && method !== 'HEAD');
}
