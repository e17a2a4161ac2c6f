import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ScratchComputer } from '../../support/agent-process.ts';

const command = join(import.meta.dirname, '..', '..', '..', 'bin', 'stint.js');

/** `stint` while it runs, with pipes. */
export interface RunningProgram {
  readonly pid: number;
  /** Sends one line to its standard input and resolves with the next line of its output. */
  answerTo(line: string): Promise<string>;
  nextLine(): Promise<string>;
  endInput(): void;
  kill(signal: NodeJS.Signals): void;
  stderr(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export function startStint(
  computer: Pick<ScratchComputer, 'env' | 'folder'>,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): RunningProgram {
  const env = { ...computer.env, ...more };
  return startProgram({ ...computer, env }, [process.execPath, command, ...args]);
}

/** Any program while it runs, with pipes. */
export function startProgram(
  { env, folder }: Pick<ScratchComputer, 'env' | 'folder'>,
  [program = '', ...args]: readonly string[],
): RunningProgram {
  const child = spawn(program, args, { env, cwd: folder });
  let [unread, stderr, isSilent] = ['', '', false];
  let notify = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    unread += text;
    notify();
  });
  // What it wrote can arrive after its end.
  child.stdout.once('close', () => {
    isSilent = true;
    notify();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const nextLine = async (): Promise<string> => {
    for (;;) {
      const at = unread.indexOf('\n');
      if (at >= 0) {
        const line = unread.slice(0, at);
        unread = unread.slice(at + 1);
        return line;
      }
      if (isSilent) {
        throw new Error(`it ended with ${String(child.exitCode ?? child.signalCode)}: ${stderr}`);
      }
      await new Promise<void>((resolve) => (notify = resolve));
    }
  };
  return {
    pid: child.pid ?? 0,
    nextLine,
    async answerTo(line) {
      child.stdin.write(`${line}\n`);
      return await nextLine();
    },
    endInput: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    stderr: () => stderr,
    ended,
  };
}

/**
 * boto3 in one process: at each line it reads, it asks who it is; the key it signed with comes first.
 * `again`: with a session of boto3 that holds no credentials yet.
 */
export const askingPython = [
  'python3',
  '-uc',
  [
    'import sys, boto3',
    'session = boto3.Session()',
    'for line in sys.stdin:',
    '    if line == "again\\n": session = boto3.Session()',
    '    try:',
    '        arn = session.client("sts").get_caller_identity()["Arn"]',
    '        print(session.get_credentials().get_frozen_credentials().access_key, arn)',
    '    except Exception as error:',
    '        print("refused", str(error).replace("\\n", " "))',
  ].join('\n'),
];

/** The AWS SDK for JavaScript with nothing but its default provider chain. */
export const askingNode = [
  process.execPath,
  '--input-type=commonjs',
  '-e',
  [
    `const { STSClient, GetCallerIdentityCommand } = require(${JSON.stringify(join(command, '..', '..', 'node_modules', '@aws-sdk', 'client-sts'))});`,
    'new STSClient({}).send(new GetCallerIdentityCommand({}))',
    '  .then(({ Arn }) => console.log(Arn), (error) => { console.log(`refused ${error.message}`); });',
  ].join('\n'),
];
