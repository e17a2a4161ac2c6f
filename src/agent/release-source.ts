import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseFeed, ReleaseSource } from '../models/release.ts';

/** JSON from `repository` and `releaseKey` in package.json, inserted by the build. */
declare const STINT_RELEASES: string;

/** A package that the system updates has this file beside its programs; it says how. */
const updatedBy = 'updated-by';

/** Where this build looks for newer releases, or why it does not. `folder`: of its programs. */
export function releaseSource(folder: string): ReleaseSource {
  try {
    return { off: readFileSync(join(folder, updatedBy), 'utf8').trim() };
  } catch {
    const feed = JSON.parse(STINT_RELEASES) as ReleaseFeed | null;
    return feed ?? { off: 'This version names no address where newer releases are published.' };
  }
}
