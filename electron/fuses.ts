/**
 * Electron's fuses in packages. All of them are named, so that a test notices a new one. The names
 * come from Electron's fuse list (electronjs.org, "Electron Fuses").
 */
export const fuses = {
  /** Nobody can run Electron as Node; command and agent bring their own Node. */
  runAsNode: false,
  /** Needs a signed app on macOS. Once on, it cannot be turned off. */
  enableCookieEncryption: true,
  /** Also makes Electron ignore NODE_EXTRA_CA_CERTS: extra-certificates.ts reads it instead. */
  enableNodeOptionsEnvironmentVariable: false,
  /** Off: Playwright cannot attach, so the tests run the unpackaged app. */
  enableNodeCliInspectArguments: false,
  /** Checked on macOS and Windows; Electron has no such check on Linux. */
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** The app loads nothing from files. */
  grantFileProtocolExtraPrivileges: false,
  /** Electron's default. */
  wasmTrapHandlers: true,
} as const satisfies Readonly<Record<string, boolean>>;
