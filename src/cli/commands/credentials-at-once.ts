import { sameName } from '../../models/spelling.ts';
import { callerPid } from '../environment/caller-pid.ts';
import { ownerLocation } from '../../client/node/owner-location.ts';
import { getAtOnce } from '../owner/socket-get.ts';

/*
 * SDKs run `stint credentials` all the time. Where nothing is in the way it is answered from here, with
 * little to load: a running owner, an active session. Everything else, such as each refusal and its
 * message, is for the command in credentials.ts, which asks again.
 */

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What the command prints, or undefined where it is not that simple. `argv`: of the whole command. */
export async function credentialsAtOnce(
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
): Promise<string | undefined> {
  const [command, ...words] = argv;
  if (command !== 'credentials') return undefined;
  const location = ownerLocation(env);
  const token = location.token();
  if (token === undefined) return undefined;
  const get = (path: string) => getAtOnce(location.socket(), path, token);
  const path = await pathOf(words, get);
  const credentials = path === undefined ? undefined : await get(path);
  return credentials === undefined ? undefined : `${JSON.stringify(credentials)}\n`;
}

async function pathOf(
  words: readonly string[],
  get: (path: string) => Promise<unknown>,
): Promise<string | undefined> {
  const [name = '', lease = '', ...others] = words;
  if (name === '--lease' && others.length === 0) {
    return uuid.test(lease) ? `/v1/leases/${lease}/credentials` : undefined;
  }
  if (!/^[^-]/.test(name) || words.length > 1) return undefined;
  const sessionId = uuid.test(name) ? name : await idOf(name, get);
  // The owner finds out which program that is.
  const pid = callerPid();
  return (
    sessionId && `/v1/sessions/${sessionId}/credentials${pid === undefined ? '' : `?pid=${pid}`}`
  );
}

async function idOf(
  name: string,
  get: (path: string) => Promise<unknown>,
): Promise<string | undefined> {
  const query = `archived=true&limit=500&q=${encodeURIComponent(name.slice(0, 256))}`;
  const page = (await get(`/v1/sessions?${query}`)) as
    | {
        readonly items: readonly { readonly sessionId: string; readonly sessionName: string }[];
        readonly nextCursor?: string;
      }
    | undefined;
  if (page === undefined || page.nextCursor !== undefined) return undefined;
  const [one, ...others] = page.items.filter(({ sessionName }) => sameName(sessionName, name));
  return others.length === 0 ? one?.sessionId : undefined;
}
