import { chmod, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  replacing,
  credentials,
  problemOf,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const own = '# mine\n[personal]\naws_access_key_id = AKIAOWN\n';

describe('a section of the user’s own under the same name', () => {
  const text = '[a]\nx=1\n\n[dev]  ; hand-made\naws_access_key_id=AKIAOWN\n\n# tail\n[b]\ny=2';

  it('is not changed without permission', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    const problem = await problemOf(scratch.delivery.prepare(target('dev'), withoutReplacing));
    expect(problem.code).toBe('section-occupied');
    expect(problem.message).toContain('dev');
    expect(problem.details.next).toContain('--replace-section');
    expect(await scratch.bytes()).toBe(text);
  });

  it('is stashed with permission and restored byte for byte, also by the next owner after a crash', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    await scratch.delivery.write(target('dev'), credentials(), replacing);
    expect(await scratch.bytes()).not.toContain('AKIAOWN');
    expect(await readFile(scratch.journalFile, 'utf8')).not.toContain('AKIAOWN');
    expect(await scratch.restarted().sweep(() => false)).toEqual([]);
    expect(await scratch.bytes()).toBe(text);
    expect([...scratch.vault.secrets]).toEqual([]);
  });

  it('stays in a locked vault, and is restored after the unlock', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    await scratch.delivery.write(target('dev'), credentials(), replacing);
    scratch.vault.locked = true;
    const leftovers = await scratch.delivery.remove(target('dev'));
    expect(leftovers).toMatchObject([{ profileName: 'dev', what: 'stash' }]);
    expect(await scratch.bytes()).not.toContain('ASIA');
    scratch.vault.locked = false;
    expect(await scratch.delivery.sweep(() => false)).toEqual([]);
    expect(await scratch.bytes()).toBe(text);
  });

  it('cannot be stashed in a locked vault: the start is refused and nothing changes', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    scratch.vault.locked = true;
    const problem = await problemOf(
      scratch.delivery.write(target('dev'), credentials(), replacing),
    );
    expect(problem.code).toBe('vault-locked');
    expect(await scratch.bytes()).toBe(text);
  });

  it('stays stashed for the session that supersedes another, and is restored after the last', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    const [first, second] = [target('dev', 1), target('dev', 2)];
    await scratch.delivery.write(first, credentials(1), replacing);
    const superseding = { replaceSection: false, supersedes: [first.sessionId] };
    await scratch.delivery.prepare(second, superseding);
    await scratch.delivery.write(second, credentials(2), superseding);
    expect(await scratch.delivery.remove(first)).toEqual([]);
    expect(await scratch.delivery.check(second, credentials(2))).toBe('intact');
    expect(await scratch.delivery.remove(second)).toEqual([]);
    expect(await scratch.bytes()).toBe(text);
  });
});

it.each(['default', 'with space', 'ümläut', 'a.b-c_d', "o'brien", 'profile x'])(
  'a profile named "%s" is written and removed like any other',
  async (name) => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    await scratch.delivery.write(target(name), credentials(), withoutReplacing);
    expect(await scratch.delivery.check(target(name), credentials())).toBe('intact');
    await scratch.delivery.remove(target(name));
    expect(await scratch.bytes()).toBe(own);
  },
);

describe('a finding about the AWS files', () => {
  it('names the same profile in the config file with other credentials', async () => {
    const scratch = await scratchDelivery();
    await writeFile(
      scratch.configFile,
      '[profile dev]\nregion = eu-north-1\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = a\n',
    );
    const findings = await scratch.delivery.inspect(target('dev'), []);
    expect(findings.map(({ code }) => code)).toContain('shadowed');
    expect(findings.map(({ message }) => message).join()).toContain(
      `${scratch.configFile} has role_arn (line 3), source_profile (line 4)`,
    );
  });

  it('names a BOM and duplicate sections with their lines', async () => {
    const scratch = await scratchDelivery();
    await scratch.write('\xef\xbb\xbf[a]\nx=1\n[a]\nx=2\n');
    const findings = await scratch.delivery.inspect(target('dev'), []);
    const told = findings.map(({ message }) => message).join('\n');
    expect(told).toMatch(/byte order mark/i);
    expect(told).toMatch(/line 3|lines 1 and 3/);
  });

  it('names a file that others can read', async () => {
    const scratch = await scratchDelivery();
    await scratch.write('[a]\n');
    await chmod(scratch.file, 0o644);
    const [finding] = await scratch.delivery.inspect(target('dev'), []);
    expect(finding).toMatchObject({
      code: 'open-to-others',
      next: `Protect it: chmod 600 ${scratch.file}`,
    });
    expect(finding?.message).toContain('its mode is 644');
  });

  it('does not exist where nothing is wrong', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    expect(await scratch.delivery.inspect(target('dev'), ['PATH', 'HOME'])).toEqual([]);
  });
});
