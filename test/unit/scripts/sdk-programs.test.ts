import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { commonJsProgram } from '../../../scripts/programs.ts';
import { sdkPrograms, sdksApart } from '../../../scripts/sdk-programs.ts';

const common = { ...commonJsProgram('1.0.0'), write: false } as const;

/** A program that imports the package when it is asked to. */
function programOf(name: string) {
  return build({
    ...common,
    logLevel: 'silent',
    plugins: [...common.plugins, sdksApart],
    stdin: { contents: `exports.load = () => import('${name}');`, resolveDir: import.meta.dirname },
    outfile: 'program.cjs',
  });
}

it('gives a program the SDK of a cloud from the program beside it, once it asks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stint-sdks-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const built = [
    await programOf('@aws-sdk/client-sts'),
    ...(await Promise.all(sdkPrograms(common).map((program) => build(program)))),
  ];
  for (const { path, text } of built.flatMap(({ outputFiles }) => outputFiles)) {
    await writeFile(join(folder, basename(path)), text);
  }
  const read = createRequire(join(folder, 'program.cjs'));
  const { load } = read('./program.cjs') as {
    load: () => Promise<{ STSClient: unknown }>;
  };
  expect(Object.keys(read.cache).filter((path) => path.includes('-sdk.cjs'))).toEqual([]);
  expect((await load()).STSClient).toBeTypeOf('function');
  const azure = read('./azure-sdk.cjs') as Record<string, () => Record<string, unknown>>;
  expect(azure['@azure/identity']?.()['DeviceCodeCredential']).toBeTypeOf('function');
});

it('builds no program with an SDK that is in none of them', async () => {
  await expect(programOf('@aws-sdk/client-s3')).rejects.toThrow('is not in sdk-programs.ts');
});
