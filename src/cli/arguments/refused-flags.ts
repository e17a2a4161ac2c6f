import { CommandFailure } from '../failure.ts';

/** By how it begins: an argument list can be read by every process of the machine. */
const secretFlag =
  /^--?(access-?key(-?id)?|secret(-?access)?(-?key)?|session-?token|client-?secret|pass(word|phrase)|mfa-?code|token-?code)(=|$)/i;

/** Throws CommandFailure 'usage' where a secret would be given as an argument; it is not repeated. */
export function refuseSecretsIn(argv: readonly string[]): void {
  for (const argument of argv) {
    if (argument === '--') return;
    const flag = secretFlag.exec(argument)?.[0].replace(/=$/, '');
    if (flag !== undefined) {
      throw new CommandFailure(
        'usage',
        `Stint takes no secrets as arguments, so there is no ${flag}: other programs can read them there.`,
        'Leave it out and be asked (--ask-client-secret for an application of Azure), set ' +
          'STINT_ACCESS_KEY_ID and STINT_SECRET_ACCESS_KEY, or STINT_CLIENT_SECRET, or pipe a ' +
          'session with its `secrets` into: stint session add --from-json -',
      );
    }
  }
}
