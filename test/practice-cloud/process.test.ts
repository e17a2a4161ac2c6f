import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import type { PracticeCloudEndpoints } from '../../practice-cloud/practice-cloud.ts';
import { accountId } from './practice.ts';

const folder = resolve(import.meta.dirname, '../../practice-cloud');

describe('the practice cloud as a process', () => {
  const running: ChildProcessWithoutNullStreams[] = [];
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      // Not SIGKILL: it takes its CA's file away.
      child.kill('SIGTERM');
      await exited;
    }
  });

  function start(...args: string[]): ChildProcessWithoutNullStreams {
    const child = spawn(process.execPath, [join(folder, 'main.ts'), ...args]);
    running.push(child);
    return child;
  }

  async function endpointsOf(
    child: ChildProcessWithoutNullStreams,
  ): Promise<PracticeCloudEndpoints> {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return JSON.parse(line) as PracticeCloudEndpoints;
  }

  it('prints where it is, serves, and ends with SIGTERM', async () => {
    const child = start();
    const cloud = await endpointsOf(child);
    const anna = await connectAdmin(cloud).createUser({ accountId, userName: 'anna' });
    const client = new STSClient({
      endpoint: cloud.stsEndpoint,
      region: 'eu-west-1',
      credentials: anna,
    });
    expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(anna.arn);
    // The SDK keeps its connection open: that must not keep the process alive.
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    client.destroy();
  });

  it('ends with its standard input when asked to', async () => {
    const child = start('--end-with-stdin');
    await endpointsOf(child);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('takes the port asked for, and says so when it can not', async () => {
    const first = await endpointsOf(start());
    const { port } = new URL(first.stsEndpoint);
    const second = start('--port', port);
    let words = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
    expect(await once(second, 'close')).toEqual([1, null]);
    expect(words).toBe(`Port ${port} of 127.0.0.1 is taken or not allowed: EADDRINUSE.\n`);
    expect(await once(start('--port', 'https'), 'exit')).toEqual([2, null]);
  });
});

/** What the practice cloud needs beside Node. */
const libraries = new Set(['zod', 'jose', 'xml-crypto', '@xmldom/xmldom', '@peculiar/x509']);

it('the practice cloud imports nothing of the product', async () => {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  expect(files).toContain('main.ts');
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const imports = [...text.matchAll(/^(?:import|export|\}).* from '([^']+)';$/gm)].map(
      ([, name = '']) => name,
    );
    const foreign = imports.filter((name) => {
      if (!name.startsWith('.')) return !isBuiltin(name) && !libraries.has(name);
      return relative(folder, resolve(folder, file, '..', name)).startsWith('..');
    });
    expect({ file, foreign }).toEqual({ file, foreign: [] });
  }
});
