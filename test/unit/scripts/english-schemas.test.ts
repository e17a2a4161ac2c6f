import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { commonJsProgram } from '../../../scripts/programs.ts';

async function bundled() {
  const { outputFiles, metafile } = await build({
    ...commonJsProgram('1.0.0'),
    stdin: {
      contents: `
        import { z } from '@hono/zod-openapi';
        const { error } = z.object({ name: z.string().min(3) }).safeParse({ name: 'a' });
        answer(error.issues[0].message);
      `,
      resolveDir: import.meta.dirname,
    },
    write: false,
    metafile: true,
  });
  return { code: outputFiles[0]?.text ?? '', files: Object.keys(metafile.inputs) };
}

it("bundles zod's messages in English alone", async () => {
  const { code, files } = await bundled();
  const languages = files.filter((file) => /zod\/v4\/locales\/(?!index)/.test(file));
  expect(languages).toEqual(['node_modules/zod/v4/locales/en.js']);
  const answers: unknown[] = [];
  runInNewContext(code, {
    answer: (text: unknown) => answers.push(text),
    require: createRequire(import.meta.url),
  });
  expect(answers).toEqual(['Too small: expected string to have >=3 characters']);
});
