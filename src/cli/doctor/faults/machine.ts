import type { Facts } from '../facts.ts';
import { hint, problem, type Finding } from '../finding.ts';

/** Stint needs room for a few copies of its files; below this, writes begin to fail. */
const fewBytes = 50 * 1024 * 1024;

export function fullDisk({ disk: { free }, home }: Facts): readonly Finding[] {
  if (free === undefined || free >= fewBytes) return [];
  return [
    problem(
      `The disk of ${home} has ${Math.floor(free / 1024 / 1024)} MB left.`,
      'Free some space: without it, Stint can start no session and record nothing.',
    ),
  ];
}

/** Sockets and locks of SQLite do not work well there. */
export function networkDrive({ disk: { network }, home }: Facts): readonly Finding[] {
  if (network === undefined) return [];
  return [
    problem(
      `${home} is on a network drive (${network}), where sockets and locks of databases are not reliable.`,
      'Set STINT_HOME to a folder of this machine, and copy the home there while the agent is stopped.',
    ),
  ];
}

export function otherHome({ otherHome: other, home }: Facts): readonly Finding[] {
  if (other === undefined) return [];
  return [
    hint(
      `STINT_HOME is ${home} in this shell, and another agent (pid ${other.pid}) has ${other.home}. They have different sessions and may write the same AWS and Azure files.`,
      'Use one of them: unset STINT_HOME, or stop the other: env -u STINT_HOME stint agent stop',
    ),
  ];
}

export function otherMachine({ otherMachine: machine, home }: Facts): readonly Finding[] {
  if (machine === undefined) return [];
  return [
    problem(
      `An agent on ${machine} uses ${home} as well. Two agents write the same files, so one overwrites what the other has written.`,
      'Stop one of them, and give each machine its own home: share sessions with stint export.',
    ),
  ];
}

export function staleLocks({ staleLocks: locks }: Facts): readonly Finding[] {
  return locks.map((lock) =>
    hint(
      `${lock} is of a browser that has ended. The next sign-in window may not open.`,
      `Remove it: rm ${lock}`,
    ),
  );
}

/** A tool that sessions of this workspace are for is not found. */
export function missingPrograms({ notOnPath, agent }: Facts): readonly Finding[] {
  const isAzure = agent.sessions.some(({ type }) => type === 'azure');
  const isAws = agent.sessions.some(({ type }) => type !== 'azure');
  return [
    ...(isAws && notOnPath.includes('aws') ? [['aws', 'AWS']] : []),
    ...(isAzure && notOnPath.includes('az') ? [['az', 'Azure']] : []),
  ].map(([program = '', cloud = '']) =>
    hint(
      `The ${cloud} CLI (${program}) is not on PATH here.`,
      `Install it, or add its folder to PATH, if you want to use ${program} with sessions.`,
    ),
  );
}

export function otherVersion({ version, agent }: Facts): readonly Finding[] {
  if (version === agent.version) return [];
  return [
    problem(
      `This command is version ${version}, but the agent that runs is ${agent.version}.`,
      'Restart the agent: stint agent stop, then stint agent start',
    ),
  ];
}

export function endedSignIns({ agent, now }: Facts): readonly Finding[] {
  return agent.integrations.flatMap(({ name, status, loggedInUntil }) => {
    const isOver = loggedInUntil !== undefined && Date.parse(loggedInUntil) <= now;
    if (status !== 'logged-in' || !isOver) return [];
    return [
      hint(
        `The sign-in of ${name} has expired, so its sessions cannot be started or renewed.`,
        `Sign in: stint integration login '${name}'`,
      ),
    ];
  });
}

export function deadProxies({ deadProxies: proxies }: Facts): readonly Finding[] {
  return proxies.map(({ setting, url, reason }) =>
    problem(
      `The proxy ${url} of ${setting} cannot be reached: ${reason}.`,
      `Correct it: stint settings set ${setting} URL, or stint settings unset ${setting}`,
    ),
  );
}

/** Certificates that the tools of this shell should trust. */
export function lostCertificates({ env, missing }: Facts): readonly Finding[] {
  return ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']
    .filter((name) => missing.has(env[name] ?? ''))
    .map((name) =>
      problem(
        `${name} in this shell names ${env[name] ?? ''}, which is not there. Tools here cannot reach any service.`,
        `Correct it, or remove it: unset ${name}`,
      ),
    );
}
