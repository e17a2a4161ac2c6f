import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/*
 * `stint import` in this process, with the files that the shell's variables name.
 */

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'import');

let owner: ScratchApi;
let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  owner = await scratchApi();
  folder = await mkdtemp(join(tmpdir(), 'stint-import-'));
  await cp(fixtures, folder, { recursive: true });
  env = {
    HOME: folder,
    AZURE_CONFIG_DIR: join(folder, 'azure-cli'),
    AWS_CONFIG_FILE: join(folder, 'aws-config', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-config', 'credentials'),
  };
});
afterAll(async () => {
  await owner.close();
  await rm(folder, { recursive: true });
});

const stint = (...args: readonly string[]) => command(owner, args, { env });
const names = async () =>
  (await owner.client.request('GET', '/v1/sessions')).items.map(({ sessionName }) => sessionName);

it('shows what it would make of the Azure CLI, makes it, recognises it, and takes it back', async () => {
  const dry = await stint('import', 'azure-cli');
  expect(dry.code).toBe(0);
  expect(dry.stdout).toMatch(/create +session +Payments/);
  expect(dry.stdout).toMatch(/cannot +session +Deploy/);
  expect(dry.stderr).toContain('To make it: stint import azure-cli --apply');
  expect(dry.stderr).toContain(join(folder, 'azure-cli', 'clouds.config'));
  expect(await names()).toEqual([]);

  const applied = await stint('import', 'azure-cli', '--apply');
  expect(applied.stderr).toContain('Made 13. To undo: stint import --undo');
  expect(await names()).toHaveLength(6);

  const again = await stint('import', 'azure-cli', '--apply');
  expect(again.stdout).toMatch(/exists +session +Payments/);
  expect(again.stderr).toContain('Nothing was made.');

  const refused = await stint('import', '--undo');
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('--yes');
  expect(await names()).toHaveLength(6);
  const undone = await stint('import', '--undo', '--yes');
  expect(undone.stderr).toContain('The import from azure-cli is taken back.');
  expect(await names()).toEqual([]);
});

it.each([
  ['nothing', ['import'], 2, 'Name the tool to import from'],
  ['an unknown tool', ['import', 'gcloud'], 2, 'azure-cli'],
  ['a file that is not there', ['import', 'saml2aws', '--file', '/nowhere'], 3, '/nowhere'],
  ['an import of another tool to take back', ['import', '--undo', '--yes'], 3, 'import'],
])('refuses %s', async (_, args, code, text) => {
  const answer = await stint(...args);
  expect({ code: answer.code, says: answer.stderr.includes(text) ? text : answer.stderr }).toEqual({
    code,
    says: text,
  });
});

it.each([
  ['an INI line before any section', 'aws_access_key_id = x\n', 'line 1'],
  ['a header without an end', '[profile a]\nregion = eu-west-1\n[profile b\n', 'line 3'],
  ['a NUL byte, as in UTF-16', '[default]\n\u0000r\u0000', 'NUL byte'],
])('refuses a config file of AWS with %s, naming it, and changes nothing', async (_, text, why) => {
  const file = join(folder, 'damaged');
  await writeFile(file, text);
  const answer = await stint('import', 'aws-config', '--file', file, '--apply');
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain(file);
  expect(answer.stderr).toContain(why);
  expect(await names()).toEqual([]);
});

it('skips the sections that Stint itself has delivered', async () => {
  const { session } = await owner.addUser('payments', {
    fields: { profileName: 'payments', delivery: 'credentials-file' },
  });
  const start = await command(owner, ['start', 'payments'], { env });
  expect(start.code).toBe(0);
  const { awsConfigFile, awsCredentialsFile } = await owner.client.request('GET', '/v1/settings');
  const own = { HOME: folder, AWS_CONFIG_FILE: awsConfigFile };
  const { stdout } = await command(owner, ['import', 'aws-config', '--json'], {
    env: { ...own, AWS_SHARED_CREDENTIALS_FILE: awsCredentialsFile },
  });
  const { items } = JSON.parse(stdout) as { readonly items: readonly { readonly name: string }[] };
  expect(await readFile(awsCredentialsFile, 'utf8')).toContain('[payments]');
  expect(items.map(({ name }) => name)).toEqual(['personal']);
  await owner.client.request('DELETE', '/v1/sessions/{id}', {
    path: { id: session.sessionId },
  });
});

it('copies access keys with --with-keys only, and prints none', async () => {
  const dry = await stint('import', 'aws-config');
  expect(dry.stderr).toContain('--with-keys to copy the access keys too');
  const { stdout, stderr } = await stint('import', 'aws-config', '--apply', '--with-keys');
  expect(stdout).toMatch(/created +access keys +default/);
  expect(stdout + stderr).not.toContain('wJalrXUtnFEMI');
});
