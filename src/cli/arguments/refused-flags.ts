import { CommandFailure } from '../failure.ts';

/** Flags that would carry a secret: every process of the machine can read an argument list. */
const secretFlag =
  /^--?(access-?key(-?id)?|secret(-?access)?(-?key)?|session-?token|client-?secret|pass(word|phrase)|mfa-?code|token-?code)(=|$)/i;

/** Throws CommandFailure 'usage' for an argument with a secret. The message does not repeat it. */
export function refuseSecretsIn(argv: readonly string[]): void {
  for (const argument of argv) {
    if (argument === '--') return;
    const flag = secretFlag.exec(argument)?.[0].replace(/=$/, '');
    if (flag !== undefined) {
      throw new CommandFailure(
        'usage',
        `There is no ${flag}: other programs can read arguments, so Stint accepts no secrets there.`,
        'Omit it and Stint asks (for an Azure application: --ask-client-secret). Or set ' +
          'STINT_ACCESS_KEY_ID and STINT_SECRET_ACCESS_KEY, or STINT_CLIENT_SECRET. Or pipe a ' +
          'session with its `secrets` into: stint session add --from-json -',
      );
    }
  }
}
