import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

async function exchange(address: string): Promise<Response> {
  const { origin, hash } = new URL(address);
  return await fetch(`${origin}/v1/handshake`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ code: hash.replace('#code=', '') }),
  });
}

describe('stint ui', () => {
  const computer = computerForEachTest();

  it('prints an address that lets one window in, once', async () => {
    const { code, stdout, stderr } = await computer.stint(['ui', '--no-open']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{43}\n$/);
    const pass = await exchange(stdout.trim());
    expect(pass.status).toBe(200);
    expect(await pass.json()).toHaveProperty('token');
    expect((await exchange(stdout.trim())).status).toBe(401);
  });

  it('prints the address where there is no screen to open a browser on', async () => {
    const { code, stdout, stderr } = await computer.stint(['ui']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^No browser could be opened\./);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=/);
  });

  it('starts the agent on the port asked for, and says where it listens if one runs', async () => {
    const first = await computer.stint(['ui', '--no-open', '--port', '0']);
    const { port } = new URL(first.stdout);
    const other = await computer.stint(['ui', '--no-open', '--port', '1']);
    expect(other.stderr).toBe(`The agent that runs listens on port ${port} already.\n`);
    expect(new URL(other.stdout).port).toBe(port);
    expect((await computer.stint(['ui', '--port', 'web'])).code).toBe(2);
  });

  it.runIf(process.platform === 'linux')(
    'opens the browser on a page for the user alone; the code is in no argument list',
    async () => {
      const { folder, env, home } = computer.scratch;
      const bin = join(folder, 'bin');
      await mkdir(bin);
      await writeFile(
        join(bin, 'xdg-open'),
        '#!/bin/sh\necho "$@" > "$HOME/argv"\nstat -c %a "$1" > "$HOME/mode"\n' +
          'cp "$1" "$HOME/page.html"\nenv > "$HOME/env"\n',
        { mode: 0o755 },
      );
      const ran = await computer.stint(['ui'], {
        env: { DISPLAY: ':0', PATH: `${bin}${delimiter}${String(env['PATH'])}` },
      });
      expect(ran).toMatchObject({ code: 0, stdout: '' });
      const seen = (name: string) => readFile(join(folder, name), 'utf8');
      expect(await seen('argv')).toMatch(/^\S+\/open-window-[\da-f-]+\.html\n$/);
      expect(await seen('mode')).toBe('600\n');
      expect(await seen('env')).not.toContain('STINT_PASSPHRASE');
      const [, address = ''] = /content="0; url=([^"]+)"/.exec(await seen('page.html')) ?? [];
      expect((await exchange(address)).status).toBe(200);
      expect((await readdir(home)).filter((name) => name.endsWith('.html'))).toEqual([]);
    },
  );
});
