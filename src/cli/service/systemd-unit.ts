import { allocator } from '../../models/allocator.ts';
import type { ServiceProgram } from './service-program.ts';

/**
 * A systemd user unit (systemd.service(5)) that runs the agent from login on. It activates no
 * socket: who listens on Stint's socket owns the workspace. An agent that finds another owner ends with
 * 0, so it is not restarted. Throws Error for a word that no unit can hold.
 */
export function systemdUnit({ program, environment }: ServiceProgram): string {
  return `[Unit]
Description=Stint agent, credential sessions for AWS and Azure

[Service]
# The colon keeps a $ in a path unchanged.
ExecStart=:${[...program, 'agent'].map(quoted).join(' ')}
${Object.entries({ ...allocator, ...environment })
  .map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`)
  .join('')}Restart=on-failure
RestartSec=5
# Only the agent gets the signal. It ends what it runs.
KillMode=mixed
TimeoutStopSec=90

[Install]
WantedBy=default.target
`;
}

/** systemd.syntax(7), "Quoting"; a percent sign begins a specifier (systemd.unit(5)). */
function quoted(word: string): string {
  if (/[\r\n]/.test(word)) throw new Error(`A unit cannot hold a line break: ${word}`);
  return `"${word.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
}
