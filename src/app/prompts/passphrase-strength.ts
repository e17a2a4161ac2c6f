/*
 * How strong a new passphrase is, by a few rules and without a word list: an estimate for the person who
 * chooses it, computed where it is typed. Only its length is a condition, which the vault checks.
 */

/** In characters, as the vault asks for. */
export const shortestPassphrase = 8;

export interface Strength {
  /** 0: too short; 1: weak, 2: fair, 3: good, 4: strong. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly text: string;
  /** What would make it stronger; undefined where it is good. */
  readonly hint?: string;
}

/** Of a word from a list of some thousand, as for Diceware. In bits. */
const bitsOfWord = 13;
/** Of one word that people know, however it is spelled. In bits. */
const bitsOfSingleWord = 16;
/** What everybody tries first, without the digits and signs around it. */
const tooCommon =
  /^(pass|passw(or)?d|passphrase|secret|letmein|welcome|admin|qwerty|qwertz|stint|vault|iloveyou|changeme)+$/;
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

export function passphraseStrength(passphrase: string): Strength {
  const missing = shortestPassphrase - passphrase.length;
  if (missing > 0) {
    const characters = missing === 1 ? '1 more character' : `${missing} more characters`;
    return { level: 0, text: 'Too short', hint: `At least ${characters}.` };
  }
  const bits = bitsOf(passphrase);
  if (bits >= 60) return { level: 4, text: 'Strong' };
  if (bits >= 45) return { level: 3, text: 'Good' };
  const hint = 'Four or more words that do not belong together are strong and easy to remember.';
  return bits >= 28 ? { level: 2, text: 'Fair', hint } : { level: 1, text: 'Weak', hint };
}

/** How many bits it takes to guess it, by the cheapest way there is. */
function bitsOf(passphrase: string): number {
  return Math.min(bitsAsCharacters(passphrase), bitsAsWords(passphrase), bitsAsOneWord(passphrase));
}

function bitsAsCharacters(passphrase: string): number {
  const kinds = [
    { has: /[a-z]/, size: 26 },
    { has: /[A-Z]/, size: 26 },
    { has: /[0-9]/, size: 10 },
    { has: /[^a-zA-Z0-9]/, size: 33 },
  ];
  const alphabet = kinds.reduce((sum, { has, size }) => sum + (has.test(passphrase) ? size : 0), 0);
  return unexpected(passphrase) * Math.log2(alphabet);
}

/** The characters that do not follow from the one before: no repetition, and no neighbour in the alphabet or on the keyboard. */
function unexpected(passphrase: string): number {
  const characters = Array.from(passphrase.toLowerCase());
  const free = characters.filter((character, at) => {
    const before = characters[at - 1];
    return (
      before === undefined ||
      (before !== character &&
        !rows.some((row) => row.includes(before + character) || row.includes(character + before)))
    );
  });
  // Few different characters repeat, however they are mixed.
  return Math.min(free.length, new Set(free).size * 2);
}

/** Infinite for one that is not made of several words. */
function bitsAsWords(passphrase: string): number {
  const words = passphrase.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const others = passphrase.replaceAll(/[\p{L} ]/gu, '').length;
  if (words.length < 2 || letters < passphrase.length / 2) return Infinity;
  return new Set(words).size * bitsOfWord + Math.min(others, 6) * 3;
}

/** Infinite for one that is not one word, perhaps disguised, with little around it. */
function bitsAsOneWord(passphrase: string): number {
  const core = passphrase.toLowerCase().replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const word = Array.from(core, (one) => disguises[one] ?? one).join('');
  if (tooCommon.test(word)) return bitsOfSingleWord / 2;
  const around = passphrase.length - core.length;
  const isOne = /^\p{L}{4,12}$/u.test(word) && around <= 4;
  return isOne ? bitsOfSingleWord + around * 4 : Infinity;
}
