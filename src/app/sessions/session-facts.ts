import type { Session } from '../connection/owner-client.ts';
import { accountOf } from './session-text.ts';

/** What people copy of a session: its name, and the text as programs take it. */
export function copyFacts(session: Session): readonly (readonly [name: string, text: string])[] {
  if (session.type === 'azure') {
    return [
      ['Subscription ID', session.subscriptionId],
      ['Tenant ID', session.tenantId],
    ];
  }
  const facts: (readonly [string, string])[] = [];
  const account = accountOf(session);
  if (account !== undefined) facts.push(['Account ID', account]);
  if ('roleArn' in session) facts.push(['Role ARN', session.roleArn]);
  facts.push(['Profile', session.profileName]);
  return facts;
}
