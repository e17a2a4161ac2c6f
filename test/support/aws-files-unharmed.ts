import { configWithOwnProfile } from '../../src/cli/lease/aws-config.ts';
import { planWrite } from '../../src/services/delivery/aws-credentials/write-plan.ts';
import { parseAwsFile } from '../../src/services/delivery/aws-credentials/file/parse.ts';
import {
  keySettings,
  processSettings,
  type OwnSettings,
} from '../../src/services/delivery/aws-credentials/file/own-settings.ts';
import { headerOf } from '../../src/services/delivery/aws-credentials/file/profile-header.ts';
import { bytesOf } from '../../src/services/delivery/shared/user-file/content.ts';
import { asBotocore, asJavaScript, type FileKind, type Seen } from './aws-file-readers.ts';

/** One reader's view of a file before and after Stint added its section. */
export interface Views {
  readonly reader: 'botocore' | 'JavaScript';
  /** Bytes in latin1. */
  readonly file: string;
  readonly own: string;
  readonly before: Seen;
  readonly after: Seen;
}

/** The copies of config files for `exec`, as both readers see them. */
export async function viewsOfCopies(folder: string, files: readonly string[]): Promise<Views[]> {
  const copies = files.map((config) =>
    configWithOwnProfile({
      sessionName: 'payments',
      region: 'us-gov-west-1',
      config,
      credentials: '',
    }),
  );
  return views(
    folder,
    'config',
    files.map((file, nth) => ({
      file,
      own: copies[nth]?.profile ?? '',
      after: copies[nth]?.config ?? '',
    })),
  );
}

/**
 * The files with the section of profile p3 of a session. Files that Stint refuses, and those
 * with a section of the user's by that name, are not among them.
 */
export async function viewsOfDeliveries(
  folder: string,
  files: readonly string[],
  kind: FileKind,
): Promise<Views[]> {
  const keys = { accessKeyId: 'ASIAX', secretAccessKey: 'x', sessionToken: 'x', expiration: 'x' };
  const settings =
    kind === 'credentials'
      ? keySettings(keys, { region: 'us-gov-west-1' })
      : processSettings("/usr/bin/node '/opt/a b/stint.cjs' credentials x", {
          region: 'us-gov-west-1',
        });
  const written = files.flatMap((file) => {
    const after = delivered(file, settings, kind);
    return after === undefined ? [] : [{ file, own: 'p3', after }];
  });
  return views(folder, kind, written);
}

function delivered(file: string, settings: OwnSettings, kind: FileKind): string | undefined {
  try {
    const plan = planWrite(parseAwsFile(file, kind), {
      profile: 'p3',
      header: headerOf('p3', kind),
      sessionId: 'b3c1',
      settings,
      owns: () => false,
      replaceSection: false,
      stashed: [],
      newStashId: 'stash',
    });
    return plan.kind === 'edit' ? bytesOf(plan.pieces).toString('latin1') : undefined;
  } catch {
    return undefined;
  }
}

async function views(
  folder: string,
  kind: FileKind,
  pairs: readonly { readonly file: string; readonly own: string; readonly after: string }[],
): Promise<Views[]> {
  const before = asBotocore(
    folder,
    kind,
    pairs.map(({ file }) => file),
  );
  const after = asBotocore(
    folder,
    kind,
    pairs.map((pair) => pair.after),
  );
  const all: Views[] = [];
  for (const [nth, pair] of pairs.entries()) {
    const { file, own } = pair;
    all.push({ reader: 'botocore', file, own, before: before[nth], after: after[nth] });
    all.push({
      reader: 'JavaScript',
      file,
      own,
      before: await asJavaScript(folder, kind, file),
      after: await asJavaScript(folder, kind, pair.after),
    });
  }
  return all;
}

/** What a reader sees of other sections is unchanged, and it sees Stint's. '' or what is wrong. */
export function harm({ before, after, own }: Views): string {
  // Nothing was seen: only `[DEFAULT]`, which botocore reads with the first section of another name.
  if (before === undefined || Object.keys(before).length === 0) return '';
  if (after === undefined) return 'cannot be read any more';
  const { [own]: added, ...others } = after;
  if (before[own] !== undefined) return `[${own}] was the user's`;
  if (added?.['region'] !== 'us-gov-west-1') return `[${own}] is not there`;
  // A section without settings is none to JavaScript.
  return JSON.stringify(others) === JSON.stringify(before) ? '' : 'other sections changed';
}

/**
 * The copy's profile has the settings of `[default]` as botocore reads it, but nothing that either
 * reader takes for a way to credentials. '' or what is lost.
 */
export function settingsLost({ before, after, own }: Views): string {
  const found = after?.[own] ?? {};
  return Object.entries(before?.['default'] ?? {})
    .filter(([key, value]) => !credential.test(key) && !hidesCredentials(value))
    .filter(([key, value]) => JSON.stringify(found[key]) !== JSON.stringify(value))
    .map(([key]) => `${key} is lost`)
    .join(', ');
}

const credential = /^\s*(region|aws_\w+|role_arn|source_profile|credential_process)\b/;

/** Lines that continue a value for botocore and are settings or headers for JavaScript. */
function hidesCredentials(value: unknown): boolean {
  const [, ...deeper] = typeof value === 'string' ? value.split('\n') : [];
  return deeper.some((line) => credential.test(line) || /^\s*\[/.test(line));
}
