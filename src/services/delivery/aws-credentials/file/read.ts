import { understood } from '../../shared/user-file/understood.ts';
import { parseAwsFile, type AwsFile } from './parse.ts';

/** Throws Problem 'file-unreadable' naming the line. */
export function understand(file: string, text: string): AwsFile {
  return understood(file, () => parseAwsFile(text));
}
