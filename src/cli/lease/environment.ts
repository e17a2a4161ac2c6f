/** What to change in a program's environment so that it uses a session. */
export interface Environment {
  readonly set: Readonly<Record<string, string>>;
  /** Variables that would make it use something else. */
  readonly unset: readonly string[];
}

/** A copy of `env` with these changes. */
export function applyTo(
  env: NodeJS.ProcessEnv,
  { set, unset }: Environment,
): Record<string, string | undefined> {
  const own = { ...env, ...set };
  for (const name of unset) delete own[name];
  return own;
}

/** Both cases are common; tools differ in which one they prefer. */
const proxies = ['http_proxy', 'https_proxy', 'all_proxy'];

/** Keeps requests to the endpoint away from the caller's proxy. */
export function pastProxies(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const hasProxy = proxies.some((name) => env[name] || env[name.toUpperCase()]);
  const hosts = (env['no_proxy'] || env['NO_PROXY'] || '')
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
  if (!hasProxy || hosts.includes('*') || hosts.includes('127.0.0.1')) return {};
  const value = [...hosts, '127.0.0.1'].join(',');
  return { NO_PROXY: value, no_proxy: value };
}
