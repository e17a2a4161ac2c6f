import { build } from 'esbuild';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { commonJsProgram } from '../../../scripts/programs.ts';

it('bundles regular expressions beyond ASCII as ASCII that means the same', async () => {
  const { outputFiles } = await build({
    ...commonJsProgram('1.0.0'),
    stdin: {
      contents: `
        // Kept: ‘comments’ beyond ASCII.
        answer('＝1'.search(/^[＝＋]/), '“😀”'.match(/[😀]/u)[0], '“😀”'.match(/😀/)[0], \`‘’\`);
      `,
    },
    outfile: 'program.cjs',
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code).not.toMatch(/[^\0-\x7f]/);
  const answers: unknown[] = [];
  runInNewContext(code, { answer: (...said: unknown[]) => answers.push(...said) });
  expect(answers).toEqual([0, '😀', '😀', '‘’']);
});
