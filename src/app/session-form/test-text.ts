import type { SessionType } from '../../models/session-fields.ts';

/** How a test of a session went, in a few sentences. */
export function testText(
  type: SessionType,
  { identity, mfaUntested }: { readonly identity: string; readonly mfaUntested: boolean },
): string {
  const cloud = type === 'azure' ? 'Azure' : 'AWS';
  const mfa = mfaUntested ? ' The MFA code is asked for when the session starts.' : '';
  return `It works: ${cloud} knows you as ${identity}.${mfa} Nothing was saved.`;
}
