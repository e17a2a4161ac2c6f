import type { Plugin } from 'esbuild';

/**
 * Writes what esbuild leaves beyond ASCII, which is in regular expressions, as escapes that mean the same. One such
 * character, and V8 keeps each character of the whole bundle as two bytes, and reads and compiles it slower.
 */
export const asciiPrograms: Plugin = {
  name: 'ascii-programs',
  setup(build) {
    build.onEnd(({ outputFiles = [] }) => {
      for (const file of outputFiles) {
        if (/\.[cm]?js$/.test(file.path)) file.contents = Buffer.from(escaped(file.text));
      }
    });
  },
};

function escaped(code: string): string {
  return code.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
