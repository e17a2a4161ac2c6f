import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The browsers whose profile lies in `folder`, those of this test only, by their process ids. Their
 * children, which carry a `--type`, end with them.
 */
export async function browserProcesses(folder: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${folder}/`) && !line.includes(' --type='))
    .map((line) => Number.parseInt(line, 10));
}
