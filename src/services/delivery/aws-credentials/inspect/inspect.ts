import { devNull } from 'node:os';
import { parseAwsFile, type AwsFile } from '../file/parse.ts';
import { readableByJavaScript } from '../file/profile-header.ts';
import { Problem } from '../../../../models/problem.ts';
import type { AwsFileKind, Finding } from '../../delivery.ts';
import { locate, readUserFile } from '../../shared/user-file/locate.ts';
import { openToOthers } from '../../shared/user-file/open-to-others.ts';
import { FileSyntaxError } from '../../shared/user-file/syntax-error.ts';
import { environmentFindings } from './environment.ts';
import { botocoreTroubles } from './readability.ts';
import { shadowFindings } from './shadowing.ts';

export interface ToolsView {
  readonly files: Readonly<Record<AwsFileKind, string>>;
  /** The file that the session is delivered to. */
  readonly kind: AwsFileKind;
  readonly sessionId: string;
  readonly profileName: string;
  readonly callerEnvironment: readonly string[];
}

/** What tools would see instead of the session, or fail to read. Never throws for file trouble. */
export async function inspectTools(view: ToolsView): Promise<readonly Finding[]> {
  const { files, kind, profileName } = view;
  const credentials = await inspectFile(files.credentials, 'credentials');
  const config = await inspectFile(files.config, 'config');
  return [
    ...environmentFindings(view),
    ...shadowFindings(kind === 'credentials' ? config : credentials, view),
    ...[credentials, config].flatMap(({ troubles, path }) =>
      troubles.length === 0 ? [] : [unreadableByCli(path, troubles)],
    ),
    ...javaScriptFindings(profileName, kind),
    ...(kind === 'credentials' ? await openToOthers(files.credentials) : []),
  ];
}

interface Inspected {
  readonly path: string;
  readonly file?: AwsFile;
  readonly troubles: readonly string[];
}

async function inspectFile(path: string, kind: AwsFileKind): Promise<Inspected> {
  // This tells tools that there is no such file.
  if (path === devNull) return { path, troubles: [] };
  try {
    const text = await readUserFile(await locate(path));
    if (text === undefined) return { path, troubles: [] };
    const file = parseAwsFile(text, kind);
    return { path, file, troubles: botocoreTroubles(file) };
  } catch (error) {
    if (error instanceof FileSyntaxError) {
      return { path, troubles: [`line ${error.line} ${error.message}`] };
    }
    if (error instanceof Problem) return { path, troubles: [error.message] };
    throw error;
  }
}

function unreadableByCli(path: string, troubles: readonly string[]): Finding {
  return {
    code: 'unreadable-by-aws-cli',
    message: `The AWS CLI and botocore cannot read ${path}: ${troubles.join('; ')}.`,
    next: 'Fix the listed lines, or use tools built on another SDK until then.',
  };
}

function javaScriptFindings(profileName: string, kind: AwsFileKind): readonly Finding[] {
  if (readableByJavaScript(profileName, kind)) return [];
  return [
    {
      code: 'unreadable-by-sdk-js',
      message: `The AWS SDK for JavaScript does not find a profile named "${profileName}" in the ${kind} file.`,
      next: `To use the session there, give it a profile name without spaces${kind === 'config' ? ', accents and special characters' : ''}.`,
    },
  ];
}
