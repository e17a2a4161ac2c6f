declare const STINT_VERSION: string;

/** The version in package.json, put in by the build. */
export const version: string = STINT_VERSION;

/** Negative where `a` is older than `b` (Semantic Versioning 2.0.0 §11, without pre-releases). */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10)),
  );
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
