import { execFile } from 'node:child_process';
import type { ScratchComputer } from '../../support/agent-process.ts';
import type { Ran } from './computer.ts';

/** Runs the real AWS CLI on the scratch computer, as somebody in a shell there would. */
export async function aws(computer: ScratchComputer, ...args: readonly string[]): Promise<Ran> {
  return await new Promise((resolve, reject) => {
    execFile(
      'aws',
      [...args],
      {
        cwd: computer.folder,
        env: { ...computer.env, AWS_DEFAULT_REGION: 'eu-west-1', AWS_MAX_ATTEMPTS: '1' },
      },
      (error, stdout, stderr) => {
        if (error?.code === 'ENOENT') {
          reject(new Error('The AWS CLI is not on PATH; Debian has it in the package awscli.'));
          return;
        }
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}
