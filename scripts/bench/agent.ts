import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Scratch } from '../demo/scratch.ts';
import { startMany } from './active-sessions.ts';
import { builtCommand, homeOf, onComputer, type Computer } from './computer.ts';
import { many } from './many-sessions.ts';
import { ratioRow, row, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

const active = 100;
/** How long the agent is watched while nobody asks it anything, in milliseconds. */
const idle = 20_000;
/** Until the agent has returned the memory of the starts (`return-memory.ts`), in milliseconds. */
const afterwards = 30_000;

/** The agent of somebody with a large workspace: its start, its memory, and what it does while idle. */
export const agentSubject: Subject = {
  name: 'agent',
  measure: () =>
    onComputer(
      async (computer): Promise<readonly Row[]> => [
        await startToReady(computer.scratch),
        ...(process.platform === 'linux' ? await atRest(computer) : []),
      ],
      { sessions: many },
    ),
};

async function startToReady(scratch: Scratch): Promise<Row> {
  // Without the passphrase the vault stays locked.
  const env = { ...scratch.env, STINT_PASSPHRASE: undefined };
  const running: { child?: ReturnType<typeof spawn> } = {};
  const { ours, limit } = await inTurns(
    10,
    {
      limit: () => spawnSync(process.execPath, ['-e', '0'], { env }),
      ours: async () => {
        const stdio = ['ignore', 'ignore', 'pipe'] as const;
        const child = spawn(process.execPath, [builtCommand, 'agent'], { env, stdio: [...stdio] });
        running.child = child;
        const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
        if (!line.includes('is running')) throw new Error(line);
      },
    },
    {
      after: {
        ours: async () => {
          running.child?.kill();
          if (running.child !== undefined) await once(running.child, 'exit');
        },
      },
    },
  );
  return ratioRow(
    `agent with ${many} sessions: start to ready, vault locked`,
    '× an empty Node process',
    { atMost: 8 },
    { ours, limit },
  );
}

async function atRest(computer: Computer): Promise<readonly Row[]> {
  const { scratch } = computer;
  await startMany(computer, active);
  const { pid } = JSON.parse(readFileSync(join(homeOf(scratch), 'agent.json'), 'utf8')) as {
    readonly pid: number;
  };
  const empty = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)']);
  try {
    await pause(afterwards);
    const before = cpuSeconds(pid);
    await pause(idle);
    const used = ((cpuSeconds(pid) - before) * 1000) / idle;
    const name = `agent, ${active} active of ${many}`;
    return [
      row(
        `${name}: resident memory (${Math.round(residentOf(pid) / 1024)} MB)`,
        residentOf(pid) / residentOf(empty.pid ?? 0),
        '× an empty Node process',
        { atMost: 2.5 },
      ),
      row(`${name}: idle`, used * 100, '% of a core', { atMost: 0.5 }),
    ];
  } finally {
    empty.kill();
  }
}

/** In kB: proc(5), /proc/PID/status. */
function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}

/** User and system time of a process: proc(5), /proc/PID/stat, in ticks of 10 ms. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
