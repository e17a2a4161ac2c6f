import { mkdir, readFile, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { computerForEachTest } from '../cli/computer.ts';

const own =
  '# mine\r\n[anna] ; by hand\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\n\r\n[b]\r\nx=1';
const computer = computerForEachTest();

it('a stop restores the user’s section and names a journal that cannot be read; later everything is clean', async () => {
  await writeFile(computer.scratch.credentialsFile, own, 'latin1');
  await computer.addUser('anna');
  expect((await computer.stint(['start', 'anna', '--replace-section'])).code).toBe(0);
  const { pid } = await computer.json<{ pid: number }>('agent', 'status');
  process.kill(pid, 'SIGKILL');
  const journal = join(computer.scratch.home, 'cleanup.json');
  await rename(journal, `${journal}.saved`);
  await mkdir(journal);

  const stopped = await computer.stint(['stop', 'anna']);
  expect(stopped.code).toBe(1);
  expect(stopped.stdout + stopped.stderr).toContain(
    `${journal}: the clean-up journal cannot be read`,
  );
  expect(await computer.credentialsFile()).toBe(own);
  const refused = await computer.stint(['start', 'anna', '--replace-section']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(journal);
  expect(await computer.credentialsFile()).toBe(own);

  await rmdir(journal);
  await rename(`${journal}.saved`, journal);
  expect((await computer.stint(['start', 'anna', '--replace-section'])).code).toBe(0);
  expect((await computer.stint(['stop', 'anna'])).code).toBe(0);
  expect(await computer.credentialsFile()).toBe(own);
  const lists = JSON.parse(await readFile(journal, 'utf8')) as object;
  expect(lists).toMatchObject({ version: 1, sections: [], putAside: [], made: [] });
});
