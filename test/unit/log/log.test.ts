import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { createLog, type Log, type LogLevel } from '../../../src/services/log/log.ts';
import { inRequest, outsideRequests } from '../../../src/services/log/request-scope.ts';

function scratchLog(maxBytes?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'stint-log-'));
  const file = join(folder, 'stint.log');
  const log: Log = createLog({ file, ...(maxBytes === undefined ? {} : { maxBytes }) });
  onTestFinished(() => {
    log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    file,
    log,
    text: () => readFileSync(file, 'utf8'),
    lines: () =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('the log', () => {
  test('names in each line the request that caused it, also after the answer', async () => {
    const { log, lines } = scratchLog();
    const later = Promise.withResolvers<undefined>();
    const start = inRequest('request-1', async () => {
      log.info('session.start');
      await later.promise;
      log.explain('The session token expired 3 min ago.', { sessionId: 's1' });
      outsideRequests(() => {
        log.info('scheduler.plan');
      });
    });
    log.info('tick');
    later.resolve(undefined);
    await start;
    expect(lines()).toMatchObject([
      { operation: 'session.start', requestId: 'request-1' },
      { operation: 'tick' },
      {
        level: 'info',
        operation: 'explain',
        requestId: 'request-1',
        sessionId: 's1',
        reason: 'The session token expired 3 min ago.',
      },
      { operation: 'scheduler.plan' },
    ]);
    expect(lines().map((line) => 'requestId' in line)).toEqual([true, false, true, false]);
  });

  test('has debug lines only at that level, and fewer lines at a higher one', () => {
    const [usual, debug, warn] = [undefined, 'debug', 'warn'].map((level) => {
      const { file, lines } = scratchLog();
      const log = createLog({ file, level: level as LogLevel | undefined });
      log.debug('a');
      log.info('b');
      log.warn('c');
      log.close();
      return lines().map(({ operation }) => operation);
    });
    expect([usual, debug, warn]).toEqual([['b', 'c'], ['a', 'b', 'c'], ['c']]);
  });

  test('has no secret that is hidden, at whatever level and in whatever field', () => {
    const { file, lines, text } = scratchLog();
    const log = createLog({ file, level: 'debug' });
    const secret = 'hunter2~hunter2';
    log.hide(secret);
    for (const level of ['debug', 'info', 'warn', 'error'] as const) {
      log[level](`operation.${secret}`, { detail: secret, [secret]: { error: new Error(secret) } });
    }
    log.explain(`It is ${secret}.`, { detail: secret });
    log.close();
    expect(lines()).toHaveLength(5);
    expect(text()).not.toContain('hunter2');
  });

  test('has one JSON line for each thing done, readable by its user alone', () => {
    const { log, lines, file } = scratchLog();
    log.info('session.start', { sessionId: 's1' });
    log.warn('rotation.failed', { sessionId: 's1', failures: 2 });
    log.error('scheduler.failed');
    const common = { pid: process.pid, time: expect.stringMatching(/Z$/) as string };
    expect(lines()).toEqual([
      { ...common, level: 'info', operation: 'session.start', sessionId: 's1' },
      { ...common, level: 'warn', operation: 'rotation.failed', sessionId: 's1', failures: 2 },
      { ...common, level: 'error', operation: 'scheduler.failed' },
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('continues in the file of an earlier start', () => {
    const { log, file, lines } = scratchLog();
    log.info('one');
    log.close();
    const next = createLog({ file });
    next.info('two');
    next.close();
    log.info('after the end');
    expect(lines().map(({ operation }) => operation)).toEqual(['one', 'two']);
  });

  test('says what is known of an error, and nothing that a library hung on it', () => {
    const { log, lines, text } = scratchLog();
    const cause = Object.assign(new Error('socket closed'), { code: 'ECONNRESET', request: 'all' });
    const error = new Problem('cloud-unreachable', {
      next: 'Try again.',
      detail: 'STS did not answer.',
      cause,
    });
    log.warn('session.start', { sessionId: 's1', error });
    expect(lines()[0]?.['error']).toEqual({
      name: 'Problem',
      message: 'STS did not answer.',
      code: 'cloud-unreachable',
      stack: expect.any(String) as string,
      cause: {
        name: 'Error',
        message: 'socket closed',
        code: 'ECONNRESET',
        stack: expect.any(String) as string,
      },
    });
    expect(text()).not.toContain('request');
  });

  test('keeps three files and no more', () => {
    const { log, folder, lines } = scratchLog(1000);
    for (let i = 0; i < 100; i += 1) log.info('tick', { i });
    log.info('last');
    expect(readdirSync(folder).sort()).toEqual(['stint.log', 'stint.log.1', 'stint.log.2']);
    for (const name of readdirSync(folder)) {
      const { size, mode } = statSync(join(folder, name));
      expect(size).toBeLessThan(1200);
      expect(mode & 0o777).toBe(0o600);
    }
    expect(lines().at(-1)).toMatchObject({ operation: 'last' });
  });

  test('has every line of a process that is killed right after', () => {
    const { file, lines } = scratchLog();
    const program = `
      import { createLog } from './src/services/log/log.ts';
      const log = createLog({ file: process.argv[1] });
      for (let i = 0; i < 100; i += 1) log.info('tick', { i });
      process.kill(process.pid, 'SIGKILL');`;
    const { signal } = spawnSync(
      process.execPath,
      ['--input-type=module-typescript', '-e', program, file],
      { cwd: root },
    );
    expect(signal).toBe('SIGKILL');
    expect(lines()).toHaveLength(100);
  });

  test('on a full disk loses lines and nothing else, and continues once there is room', () => {
    const { file, text } = scratchLog();
    // A process that may write no file of more than 4 KiB.
    const program = `
      import { truncateSync } from 'node:fs';
      import { createLog } from './src/services/log/log.ts';
      const log = createLog({ file: process.argv[1] });
      for (let i = 0; i < 100; i += 1) log.info('tick', { i });
      truncateSync(process.argv[1], 1000);
      log.info('room again');
      console.log('alive');`;
    const { stdout } = spawnSync(
      'bash',
      [
        '-c',
        'ulimit -f 4 && exec "$0" --input-type=module-typescript -e "$1" "$2"',
        process.execPath,
        program,
        file,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stdout).toBe('alive\n');
    expect(JSON.parse(text().trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      operation: 'room again',
    });
  });

  test('that cannot be written at all harms nobody', () => {
    const log = createLog({ file: join(tmpdir(), 'no', 'such', 'folder', 'stint.log') });
    log.info('session.start', {
      get trap(): string {
        throw new Error('trap');
      },
    });
    log.info('session.start');
    log.close();
  });
});
