import type * as Identity from '@azure/identity';
import type { ICachePlugin } from '@azure/msal-node';

/** The part of the plug-in interface of `@azure/identity` that we need; it has no types. */
interface PluginContext {
  readonly cachePluginControl: {
    setPersistence(factory: () => Promise<ICachePlugin | undefined>): void;
  };
}

let plugin: ICachePlugin | undefined;
let isInstalled = false;

/**
 * Makes a credential of `@azure/identity` that keeps its tokens with `cache`. The library asks one
 * factory for the whole process for its caches, while a credential is constructed: which one is
 * meant is said meanwhile.
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
