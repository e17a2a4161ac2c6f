import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Change, ChangeKind } from '../../models/change.ts';
import { toInstant } from '../../models/time.ts';
import type { HomePaths } from '../files/home.ts';

interface Parts {
  readonly paths: Pick<HomePaths, 'home' | 'agentFile' | 'browser'>;
  /** What runs the agent at login, if it is there; undefined on a system without such a file. */
  readonly serviceFile: string | undefined;
  /** How the vault is opened. */
  readonly vaultMethod: () => 'keychain' | 'passphrase';
}

/** What Stint has on this machine for itself. It ends with Stint, not with a session. */
export async function ownChanges({
  paths,
  serviceFile,
  vaultMethod,
}: Parts): Promise<readonly Change[]> {
  const changes = [
    own('home', {
      file: paths.home,
      what: 'Your sessions, settings, history, the encrypted vault and logs',
      how: 'Remove the folder after `stint agent stop`. Your access keys and sign-ins are lost with it.',
    }),
    ...(await existing(paths.agentFile, (since) =>
      own('agent', {
        file: paths.agentFile,
        what: 'Where to reach the agent that runs now, with its socket',
        how: 'Stop the agent: `stint agent stop`',
        since,
      }),
    )),
    ...(await existing(paths.browser, () =>
      own('browser', {
        file: paths.browser,
        what: 'The browser profiles of SAML sign-ins',
        how: 'Remove the folder while no sign-in is open. The next sign-in asks again.',
      }),
    )),
    ...(await existing(serviceFile, (since) =>
      own('service', {
        ...(serviceFile === undefined ? {} : { file: serviceFile }),
        what: 'The service that starts the agent at login',
        how: 'Undo it: stint agent uninstall',
        since,
      }),
    )),
  ];
  if (vaultMethod() === 'passphrase') return changes;
  return [
    ...changes,
    own('keychain', {
      what: 'The key of the vault, in the keychain of your system: item stint',
      how: 'Remove the item in the keychain after you have removed the home. Without it nobody can open the vault.',
    }),
  ];
}

function own(kind: ChangeKind, rest: Pick<Change, 'file' | 'what' | 'how' | 'since'>): Change {
  return { id: changeId(kind, rest.file ?? '', ''), kind, restorable: false, ...rest };
}

async function existing(
  file: string | undefined,
  changeOf: (since: string) => Change,
): Promise<readonly Change[]> {
  if (file === undefined) return [];
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? [] : [changeOf(toInstant(Math.floor(found.mtimeMs)))];
}

/** The same for the same thing in any process, and short enough to be typed. */
export function changeId(kind: ChangeKind, file: string, key: string): string {
  const hash = createHash('sha256').update([kind, file, key].join('\n')).digest('hex');
  return `${kind}-${hash.slice(0, 8)}`;
}
