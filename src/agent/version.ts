import { compare } from 'semver';

declare const STINT_VERSION: string;

/** The version in package.json, inserted by the build. */
export const version: string = STINT_VERSION;

/** Negative if `a` is older than `b` (Semantic Versioning 2.0.0 §11). Throws TypeError for text that is not a version. */
export function compareVersions(a: string, b: string): number {
  return compare(a, b);
}
