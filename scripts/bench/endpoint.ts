import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { stint, type Scratch } from '../demo/scratch.ts';
import { addUserSession, onComputer } from './computer.ts';
import { row, type Row, type Subject } from './row.ts';
import { samplesOf } from './samples.ts';

const rate = 500;
const connections = 16;
/** How long each measurement takes, in milliseconds. */
const stretch = 1000;
const stretches = 5;

/** The loopback endpoint that AWS SDKs ask, beside a bare server of the same Node with the same bytes. */
export const endpointSubject: Subject = {
  name: 'endpoint',
  measure: () =>
    onComputer(async (computer): Promise<readonly Row[]> => {
      const { scratch } = computer;
      await addUserSession(computer, 'bench');
      await stint(scratch, ['start', 'bench']);
      const ours = await leaseOf(scratch);
      const bytes = await askOnce(ours);
      const bare = await bareServer(bytes);
      try {
        return await compare(ours, bare.target);
      } finally {
        bare.end();
      }
    }),
};

interface Target {
  readonly url: string;
  readonly authorization: string;
}

async function compare(ours: Target, bare: Target): Promise<readonly Row[]> {
  const throughput = { ours: 0, bare: 0 };
  const latencies = { ours: [] as number[], bare: [] as number[] };
  await answersIn(stretch, ours);
  for (let turn = 0; turn < stretches; turn += 1) {
    throughput.bare += await answersIn(stretch, bare);
    throughput.ours += await answersIn(stretch, ours);
    latencies.bare.push(...(await atRate(stretch, bare)));
    latencies.ours.push(...(await atRate(stretch, ours)));
  }
  const measured = { ours: samplesOf(latencies.ours), limit: samplesOf(latencies.bare) };
  const unit = '× a bare Node HTTP server with the same bytes';
  return [
    row(
      `AWS endpoint, p99 at ${rate} requests a second`,
      measured.ours.p99,
      'ms',
      { atMost: 3 },
      measured,
    ),
    row('AWS endpoint, throughput', throughput.ours / throughput.bare, unit, { atLeast: 0.5 }),
  ];
}

/** How many answers come in that time over some connections, each asking again at once. */
async function answersIn(milliseconds: number, target: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + milliseconds;
  let count = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        await askOnce(target, agent);
        count += 1;
      }
    }),
  );
  agent.destroy();
  return count;
}

/**
 * The latencies of requests that are sent at that rate, whether earlier ones are answered or not, over
 * connections that programs keep.
 */
async function atRate(milliseconds: number, target: Target): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  await Promise.all(Array.from({ length: connections }, () => askOnce(target, agent)));
  const started = performance.now();
  const asked: Promise<number>[] = [];
  const due = () => ((performance.now() - started) * rate) / 1000;
  while (asked.length < (milliseconds * rate) / 1000) {
    while (asked.length < due()) asked.push(latencyOf(target, agent));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const latencies = await Promise.all(asked);
  agent.destroy();
  return latencies;
}

async function latencyOf(target: Target, agent: Agent): Promise<number> {
  const started = performance.now();
  await askOnce(target, agent);
  return performance.now() - started;
}

async function askOnce({ url, authorization }: Target, agent?: Agent): Promise<string> {
  return await new Promise((resolve, reject) => {
    const headers = { authorization };
    get(url, agent === undefined ? { headers } : { headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${String(answer.statusCode)}: ${text}`));
      });
    }).on('error', reject);
  });
}

async function leaseOf(scratch: Scratch): Promise<Target> {
  const json = await stint(scratch, ['env', 'bench', '--shell', 'json']);
  const variables = JSON.parse(json) as Record<string, string | undefined>;
  return {
    url: variables['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? '',
    authorization: variables['AWS_CONTAINER_AUTHORIZATION_TOKEN'] ?? '',
  };
}

/** A process that answers each request with these bytes. */
async function bareServer(bytes: string): Promise<{ readonly target: Target; end(): void }> {
  const program = `
    const body = process.argv[1];
    const server = require('node:http').createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(body);
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', program, bytes], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    target: { url: `http://127.0.0.1:${port}/`, authorization: 'none' },
    end: () => child.kill(),
  };
}
