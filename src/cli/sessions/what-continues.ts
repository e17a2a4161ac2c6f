import type { SessionView } from '../owner/owner-client.ts';
import { quoted } from '../terminal/quoted.ts';

type Named = Pick<SessionView, 'sessionName'>;

/** What continues when somebody interrupts a command that starts these sessions. */
export function startContinues(sessions: readonly Named[]): string {
  return `The start continues in the agent. Cancel it: stint stop ${words(sessions)}`;
}

export function rotationContinues(sessions: readonly Named[]): string {
  return `The renewal continues in the agent. See how it ends: stint history --session ${words(sessions.slice(0, 1))}`;
}

export function stopContinues(): string {
  return 'The stop continues in the agent. See how it ends: stint session list';
}

function words(sessions: readonly Named[]): string {
  return sessions.map(({ sessionName }) => quoted(sessionName)).join(' ');
}
