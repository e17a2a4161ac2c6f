import type { AgentStart } from '../owner/run-agent.ts';

/**
 * What `stint agent` starts, where its arguments are that simple: the bundle of all commands is not read
 * for it, which takes a tenth of the time until the agent is ready. Undefined for anything else, and for
 * arguments that are not valid.
 */
export function agentAtOnce([command, ...words]: readonly string[]): AgentStart | undefined {
  if (command !== 'agent') return undefined;
  const left = words.filter((word) => word !== '--background');
  const background = left.length < words.length;
  if (left.length === 0) return { background };
  const [flag, port = '', ...others] = left;
  const isPort = flag === '--port' && /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
  return isPort && others.length === 0 ? { background, port: Number(port) } : undefined;
}
