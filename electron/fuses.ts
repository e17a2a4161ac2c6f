/**
 * Electron's fuses as packages set them, every one by name, so that a new one is noticed. The names
 * are those of Electron's fuse list (electronjs.org, "Electron Fuses").
 */
export const fuses = {
  /** Electron is no Node for whoever can start it; command and agent come with a Node of their own. */
  runAsNode: false,
  /** Needs a signed app on macOS; once on it stays on. */
  enableCookieEncryption: true,
  /** Also makes Electron ignore NODE_EXTRA_CA_CERTS: extra-certificates.ts reads it instead. */
  enableNodeOptionsEnvironmentVariable: false,
  /** Off means that Playwright cannot attach: the test suite runs the unpackaged app. */
  enableNodeCliInspectArguments: false,
  /** Checked on macOS and Windows; Electron has no such check on Linux. */
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** Nothing is loaded from files. */
  grantFileProtocolExtraPrivileges: false,
  /** Electron's default. */
  wasmTrapHandlers: true,
} as const satisfies Readonly<Record<string, boolean>>;
