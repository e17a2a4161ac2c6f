import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import { typed } from './narrator.ts';
import { command, run, type Scratch } from './scratch.ts';
import type { Stage } from './stage.ts';
import { makeWorkspace, type WorkspaceLogins } from './workspace.ts';

/** What leads a browser to the person's screen. */
const screen = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'BROWSER',
];

/** Sets up a workspace such as a person has after a week, and opens the window on it. */
export async function showWindow(
  stage: (type: string) => Stage,
  scratch: Scratch,
  admin: AdminClient,
): Promise<void> {
  console.log('\n── Your own workspace, and the window to it\n');
  const logins = await makeWorkspace(stage, admin);
  await openWindow(scratch, logins);
}

/** Opens the window in the person's browser, and prints what they need to use and reopen it. */
export async function openWindow(scratch: Scratch, logins: WorkspaceLogins): Promise<void> {
  const { stdout, stderr } = await run(scratch, process.execPath, [command, 'ui'], {
    // The page for the browser goes into the person's own home: a browser from a snap reads it there.
    env: Object.fromEntries([...screen, 'HOME'].map((name) => [name, process.env[name]])),
  });
  console.log(`\n${stderr}${stdout}`);
  console.log('To open the window again, or for any other command, from another terminal:\n');
  console.log(`  ${again(scratch)}\n`);
  for (const [integration, { userName, password }] of Object.entries(logins)) {
    console.log(`Sign in to "${integration}" as ${userName}, password ${password}`);
  }
  console.log('Ctrl-C ends everything and removes it.');
}

/** The agent runs: its home is all that a command has to know. */
function again({ env }: Scratch): string {
  const home = env['STINT_HOME'] ?? '';
  const words = [process.execPath, command, 'ui'].map(typed).join(' ');
  return process.platform === 'win32'
    ? `$env:STINT_HOME = '${home}'; & ${words}`
    : `STINT_HOME=${typed(home)} ${words}`;
}
