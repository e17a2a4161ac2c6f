import type { Command } from 'commander';
import { narrowingText } from '../../../models/narrowing.ts';
import { addExamples, jsonOption, sessionArgument, type Json } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { keyTexts } from '../../sessions/key-text.ts';
import { renewalText } from '../../sessions/renewal-text.ts';
import { fieldLines } from '../../terminal/field-lines.ts';
import { print, printJson } from '../../terminal/shell.ts';

export function addSessionShow(session: Command, context: Context): void {
  const command = session
    .command('show')
    .description('show all fields of a session')
    .argument(...sessionArgument)
    .option(...jsonOption)
    .action((name: string | undefined, { json }: Json) => show(context, name, json === true));
  addExamples(command, 'stint session show payments');
}

async function show(context: Context, name: string | undefined, json: boolean): Promise<void> {
  const { owner, shell } = context;
  const { sessionId } = await namedSession(context, name);
  const session = await owner.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } });
  if (json) {
    printJson(shell, session);
    return;
  }
  const leases = await openLeases(context, sessionId);
  const renewal = renewalText(session);
  const texts = {
    ...session,
    ...keyTexts(session),
    ...(renewal === undefined ? {} : { renewal }),
  };
  const fields = leases.length === 0 ? texts : { ...texts, leases };
  for (const line of fieldLines(fields)) print(shell, line);
}

/** Who uses its credentials now, as far as Stint can see, one text per lease. */
async function openLeases({ owner }: Context, sessionId: string): Promise<readonly string[]> {
  const { items } = await owner.request('GET', '/v1/sessions/{id}/leases', {
    path: { id: sessionId },
  });
  return items
    .filter(({ closedAt }) => closedAt === undefined)
    .map(({ kind, process, pid, uses, policyArns, policy }) => {
      const what = process === undefined ? kind : `${kind} ${process}`;
      const which = pid === undefined ? '' : `pid ${pid}, `;
      const narrowing = { policyArns, policy };
      const isNarrowed = policyArns !== undefined || policy !== undefined;
      const limits = isNarrowed ? `, ${narrowingText(narrowing)}` : '';
      return `${what} (${which}${uses === 1 ? '1 use' : `${uses} uses`}${limits})`;
    });
}
