import type { Plugin } from 'esbuild';

/**
 * Leaves out zod's messages in 50 languages, a twelfth of the agent's bundle: `@hono/zod-openapi` passes
 * zod on as a namespace, so esbuild keeps them all. Ours are in English.
 */
export const englishSchemas: Plugin = {
  name: 'english-schemas',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
      loader: 'js',
    }));
  },
};
