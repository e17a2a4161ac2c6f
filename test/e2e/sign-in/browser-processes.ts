import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The processes of browsers whose profile lies in `folder`: by their ids, those of this test only. */
export async function browserProcesses(folder: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${folder}/`))
    .map((line) => Number.parseInt(line, 10));
}
