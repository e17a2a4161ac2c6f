import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { credentialProcess } from '../../../src/cli/lease/credential-process.ts';

const words = ['--lease', '0b0e4b1e-7f0b-4b57-a8e9-2d2f1d3c4b5a'];

describe('the line of a credential_process', () => {
  it('is plain where the paths are', () => {
    expect(credentialProcess(words, ['/usr/bin/node', '/opt/stint.cjs'], 'linux')).toBe(
      `/usr/bin/node /opt/stint.cjs credentials ${words.join(' ')}`,
    );
  });

  it.runIf(process.platform !== 'win32').each(['/opt/a b/node', '/opt/$HOME/`id`"!', '/opt/é/漢'])(
    'is read alike by a shell and by Python: %s',
    (node) => {
      const line = Buffer.from(credentialProcess(words, [node], 'linux'), 'latin1').toString();
      const expected = [node, 'credentials', ...words];
      const show = 'import json, shlex, sys; print(json.dumps(shlex.split(sys.argv[1])))';
      expect(JSON.parse(execFileSync('python3', ['-c', show, line], { encoding: 'utf8' }))).toEqual(
        expected,
      );
      const shell = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' });
      expect(shell.trimEnd().split('\n')).toEqual(expected);
    },
  );

  it('is refused on Windows where cmd would change it', () => {
    for (const node of ['C:\\100%\\node.exe', 'D:\\']) {
      expect(() => credentialProcess([], [node], 'win32')).toThrow('not every SDK can read');
    }
  });

  it('has double quotes on Windows', () => {
    const node = 'C:\\Program Files\\node.exe';
    expect(credentialProcess([], [node], 'win32')).toBe(`"${node}" credentials`);
  });

  it.each(["/opt/it's here/node", '/opt/a #b/node', '/opt/a\nb'])(
    'is refused for a path that readers do not agree on: %j',
    (node) => {
      expect(() => credentialProcess(words, [node], 'linux')).toThrow('not every SDK can read');
    },
  );
});
