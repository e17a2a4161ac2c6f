const secretWords = new Set([
  'answer',
  'assertion',
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'passphrase',
  'password',
  'secret',
  'secrets',
  'token',
  'tokens',
]);
const secretKeys = /(access|api|master|private|secret|signing)_?keys?(_?id)?$/;

/** Whether a member's name says that its value is a secret: `clientSecret`, `Authorization`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return secretWords.has(words.at(-1) ?? '') || secretKeys.test(words.join('_'));
}
