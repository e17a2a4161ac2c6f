/*
 * Runs before any other module of the page (`polyfills` in angular.json): the page's security policy
 * forbids code made from text, which zod would try with its first schema. Set where zod looks for its
 * configuration, since the chunk with zod can be evaluated before whatever imports it.
 */
declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}
globalThis.__zod_globalConfig = { jitless: true };

export {};
