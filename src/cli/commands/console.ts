import { Option, type Command } from 'commander';
import { duration } from '../arguments/flag-values.ts';
import { addExamples, sessionArgument } from '../arguments/help.ts';
import { hasScreen } from '../../browser/open-in-browser.ts';
import { openConsole as openInBrowser } from '../../browser/open-console.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { whileActive } from '../lease/while-active.ts';
import { helperProgram } from '../owner/own-program.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { namedSession } from '../sessions/find-session.ts';
import { consoleBrowsers, type ConsoleBrowser } from '../../models/console-browser.ts';
import { printable } from '../../models/printable.ts';
import { print, say } from '../terminal/shell.ts';

interface ConsoleFlags {
  readonly service?: string;
  readonly region?: string;
  readonly duration?: string;
  readonly print?: boolean;
  readonly browser?: ConsoleBrowser;
  readonly start: boolean;
  readonly replaceSection?: boolean;
}

export function addConsoleCommand(program: Command, context: Context): void {
  const command = program
    .command('console')
    .description('open the web console of a session, signed in')
    .argument(...sessionArgument)
    .option('--service <SERVICE>', 'open the page of this service, such as s3 (AWS only)')
    .option('--region <REGION>', 'open another region (AWS only)')
    .option(
      '--duration <TIME>',
      'how long to stay signed in, 15min to 12h; for roles assumed with access keys or SAML (AWS only)',
    )
    .option('--print', 'print the address instead; anyone who opens it is signed in')
    .addOption(
      new Option(
        '--browser <HOW>',
        'default, or keep sessions apart: chrome-profile, firefox-container (default: the setting console-browser)',
      ).choices(consoleBrowsers),
    )
    .option('--no-start', 'fail if the session is not active')
    .option('--replace-section', 'move your own profile section aside while the session is active')
    .addHelpText(
      'after',
      '\nIf this starts the session, the session stops as soon as the address is made. The console stays ' +
        'signed in: AWS cannot end it from here. The address works for 15 minutes. ' +
        'The Azure portal uses the sign-in of your browser.',
    )
    .action((name: string | undefined, flags: ConsoleFlags) => openConsole(context, name, flags));
  addExamples(
    command,
    'stint console payments',
    'stint console payments --service s3 --region eu-west-1',
    'stint console payments --browser chrome-profile',
  );
}

async function openConsole(context: Context, name: string | undefined, flags: ConsoleFlags) {
  const { shell, owner } = context;
  const session = await namedSession(context, name);
  const { service, region } = flags;
  const body = {
    ...(service === undefined ? {} : { service }),
    ...(region === undefined ? {} : { region }),
    ...(flags.duration === undefined
      ? {}
      : { durationSeconds: duration(flags.duration, '--duration') }),
  };
  const answer = await whileActive(
    context,
    session,
    { mayStart: flags.start, replaceSection: flags.replaceSection === true },
    () =>
      owner.request('POST', '/v1/sessions/{id}/console', {
        path: { id: session.sessionId },
        body,
      }),
  );
  if (answer === undefined) return;
  if (flags.print === true) {
    if (answer.secret) {
      say(shell, 'This address is a secret: anyone who opens it within 15 minutes is signed in.');
    }
    print(shell, answer.url);
    return;
  }
  const settings = await owner.request('GET', '/v1/settings');
  await openAddress(context, session, answer.url, flags.browser ?? settings.consoleBrowser);
}

/** Throws CommandFailure 'failed' if no browser opens it in time. */
async function openAddress(
  { shell, location }: Context,
  session: SessionView,
  url: string,
  browser: ConsoleBrowser,
): Promise<void> {
  const name = printable(session.sessionName);
  const printed = `Print the address instead: stint console ${session.sessionId} --print`;
  if (!hasScreen(process.platform, shell.env)) {
    throw new CommandFailure('failed', 'There is no screen to open a browser on.', printed);
  }
  const isOpen = await openInBrowser(url, {
    session,
    browser,
    home: location.home,
    env: shell.env,
    remover: helperProgram('remove-page'),
  });
  if (!isOpen) {
    throw new CommandFailure('failed', `No browser opened the console of ${name}.`, printed);
  }
  say(shell, `The console of ${name} is open in your browser.`);
}
