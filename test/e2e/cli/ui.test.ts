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

  it('prints the address if there is no screen to open a browser on', async () => {
    const { code, stdout, stderr } = await computer.stint(['ui']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^There is no screen to open a browser on\. Open this address/);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=/);
  });

  it('starts the agent on the given port, and names the port of a running one', async () => {
    const first = await computer.stint(['ui', '--no-open', '--port', '0']);
    const { port } = new URL(first.stdout);
    const other = await computer.stint(['ui', '--no-open', '--port', '1']);
    expect(other.stderr).toBe(`The agent is already running on port ${port}.\n`);
    expect(new URL(other.stdout).port).toBe(port);
    expect((await computer.stint(['ui', '--port', 'web'])).code).toBe(2);
  });

  describe.runIf(process.platform === 'linux')('with a browser', () => {
    /** A browser that does what a program in JavaScript says; `page` and `exchange` are there. */
    async function withBrowser(program: string) {
      const { folder, env } = computer.scratch;
      const bin = join(folder, 'bin');
      await mkdir(bin);
      await writeFile(
        join(bin, 'xdg-open'),
        `#!${process.execPath}
          const { existsSync, readFileSync, statSync, writeFileSync } = require('node:fs');
          const [page] = process.argv.slice(2);
          const note = (name, text) => writeFileSync(\`\${process.env.HOME}/\${name}\`, text);
          const exchange = async () => {
            const [, address] = /content="0; url=([^"]+)"/.exec(readFileSync(page, 'utf8'));
            const { origin, hash } = new URL(address);
            await fetch(\`\${origin}/v1/handshake\`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', origin },
              body: JSON.stringify({ code: hash.replace('#code=', '') }),
            });
          };
          ${program}`,
        { mode: 0o755 },
      );
      return { DISPLAY: ':0', PATH: `${bin}${delimiter}${String(env['PATH'])}` };
    }
    const seen = (name: string) => readFile(join(computer.scratch.folder, name), 'utf8');
    const pages = async () =>
      (await readdir(computer.scratch.folder)).filter((name) => name.endsWith('.html'));

    it('opens it on a page that snaps can read and only the user; no argument list has the code', async () => {
      const env = await withBrowser(`
        note('argv', process.argv.slice(2).join('\\n'));
        note('mode', (statSync(page).mode & 0o777).toString(8));
        note('env', JSON.stringify(process.env));
        // It is still there when the window has its access, as a browser is.
        void exchange().then(() => {
          setInterval(() => existsSync(page) || process.exit(), 20);
        });
      `);
      const ran = await computer.stint(['ui'], { env });
      expect(ran.code).toBe(0);
      // The address is there too, for a browser that shows nothing.
      expect(ran.stderr).toMatch(/^Stint opens in your browser\. If nothing happens, /);
      expect(ran.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=/);
      await expect.poll(() => seen('env').catch(() => '')).not.toBe('');
      const argv = await seen('argv');
      expect(argv).toMatch(new RegExp(`^${computer.scratch.folder}/stint-[\\da-f-]+\\.html$`));
      expect(await seen('mode')).toBe('600');
      expect(await seen('env')).not.toContain('STINT_PASSPHRASE');
      await expect.poll(pages).toEqual([]);
      // The browser has used it.
      expect((await exchange(ran.stdout.trim())).status).toBe(401);
    });

    it('says so if none starts, and leaves no page behind', async () => {
      const env = await withBrowser('process.exitCode = 3;');
      const ran = await computer.stint(['ui'], { env });
      expect(ran).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/No browser started\.\n$/) as string,
      });
      expect(await pages()).toEqual([]);
      const window = await exchange(ran.stdout.trim());
      expect(window.status).toBe(200);
    });
  });
});
