import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/*
 * A real second user of this machine. Only root can start a process of another user; elsewhere the
 * tests with one are skipped, and their names say so.
 */

/** `nobody` of most systems. */
const uid = 65_534;

export const otherUser = {
  uid,
  /** Why the tests cannot have one, or undefined. */
  missing:
    process.platform === 'linux' && process.getuid?.() === 0
      ? undefined
      : 'needs Linux and root, to start a process of another user',
} as const;

/** The name of a group of tests that need a second user, with the reason if it is not run here. */
export function withOtherUser(name: string): string {
  return otherUser.missing === undefined ? name : `${name} (not run: ${otherUser.missing})`;
}

export interface OtherProgram {
  /** The next line it prints. */
  line(): Promise<string>;
  /** Everything it prints until it ends. */
  all(): Promise<string>;
  end(): Promise<void>;
}

/** Runs Python as the other user, with nothing of this process's environment. */
export function asOtherUser(program: string, ...args: readonly string[]): OtherProgram {
  const child = spawn('python3', ['-uc', program, ...args], {
    uid,
    gid: uid,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const lines = linesOf(child.stdout);
  return {
    async line() {
      const next = await lines.next();
      return next.done === true ? '' : next.value;
    },
    async all() {
      const rest: string[] = [];
      for await (const line of lines) rest.push(line);
      return rest.join('\n');
    },
    async end() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function* linesOf(output: Readable): AsyncGenerator<string> {
  let unread = '';
  for await (const piece of output.setEncoding('utf8') as AsyncIterable<string>) {
    unread += piece;
    const complete = unread.split('\n');
    unread = complete.pop() ?? '';
    yield* complete;
  }
  if (unread !== '') yield unread;
}

/** Asks each address (METHOD URL TOKEN, in threes) and prints the status, or how the connection ended. */
const asking = `
import sys, http.client, urllib.parse
for method, url, token in zip(*[iter(sys.argv[1:])] * 3):
    to = urllib.parse.urlsplit(url)
    try:
        connection = http.client.HTTPConnection(to.hostname, to.port, timeout=120)
        connection.request(method, to.path, headers={'Authorization': token})
        answer = connection.getresponse()
        print(answer.status, answer.read().decode().replace(chr(10), ' '))
    except Exception as error:
        print(type(error).__name__)
`;

/** The answers of Stint to another user's requests: a status and a body, or how the connection ended. */
export async function askedByOtherUser(
  requests: readonly { readonly method?: string; readonly url: string; readonly token: string }[],
): Promise<readonly string[]> {
  const args = requests.flatMap(({ method = 'GET', url, token }) => [method, url, token]);
  return (await asOtherUser(asking, ...args).all()).split('\n');
}

/** Listens on a port, prints "listening", then the Authorization of each request. */
export const squatting = `
import sys, http.server
class Squatter(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print(self.headers.get('Authorization'))
        self.send_response(503); self.end_headers()
    do_POST = do_GET
    def log_message(self, *_): pass
http.server.HTTPServer.allow_reuse_address = True
server = http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Squatter)
print('listening')
server.serve_forever()
`;

/** Opens connections as fast as it can, for so many seconds; prints how many. */
export const flooding = `
import sys, socket, time
port, seconds = int(sys.argv[1]), float(sys.argv[2])
print('flooding')
until, count, held = time.time() + seconds, 0, []
# However slow the machine is, there are many.
while time.time() < until or (count < 200 and time.time() < until + 120):
    try:
        one = socket.create_connection(('127.0.0.1', port), timeout=1)
        held.append(one); count += 1
    except OSError: pass
    if len(held) > 500: held.pop(0).close()
print(count)
`;
