/*
 * Runs before any other module of the page (`polyfills` in angular.json): the page's security policy
 * forbids code made from text, which zod would try with its first schema. Set where zod looks for its
 * configuration, since the chunk with zod can be evaluated before whatever imports it.
 *
 * Named without its ending there: for a file with one Angular's builder expects zone.js and writes every
 * `async` function of the window as a generator.
 */
declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}
globalThis.__zod_globalConfig = { jitless: true };

export {};
