import type * as Identity from '@azure/identity';
import type { ICachePlugin } from '@azure/msal-node';

/** The part that is needed of what `@azure/identity` gives its plugins, which it does not type. */
interface PluginContext {
  readonly cachePluginControl: {
    setPersistence(factory: () => Promise<ICachePlugin | undefined>): void;
  };
}

let plugin: ICachePlugin | undefined;
let isInstalled = false;

/**
 * Makes a credential of `@azure/identity` that keeps its tokens in `cache`. The library calls one
 * factory per process for its caches, while a credential is constructed, so the cache is set
 * meanwhile.
 */
export function withCache<T>(identity: typeof Identity, cache: ICachePlugin, make: () => T): T {
  if (!isInstalled) {
    identity.useIdentityPlugin((context) => {
      const { cachePluginControl } = context as PluginContext;
      cachePluginControl.setPersistence(() => Promise.resolve(plugin));
    });
    isInstalled = true;
  }
  plugin = cache;
  try {
    return make();
  } finally {
    plugin = undefined;
  }
}
