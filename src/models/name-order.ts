/*
 * Lists of thousands of names are sorted for each answer, and making an `Intl.Collator` takes as long as the
 * first paint of the window may take beside. So names of ASCII alone, as nearly all are, are compared here: as
 * the collator does, by the root order of Unicode (UTS 35, "Root Collation").
 */

/** The characters of ASCII in that order; digits count as numbers, and letters in any case. */
const inOrder = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0abcdefghijklmnopqrstuvwxyz';
const digitZero = 48;
const digitNine = 57;

/** By the code of the character; 0 for a character that only the collator knows. */
const weights = new Uint8Array(128);
for (let at = 0; at < inOrder.length; at += 1) {
  weights[inOrder.charCodeAt(at)] = at + 1;
  weights[inOrder.toUpperCase().charCodeAt(at)] = at + 1;
}
const ofDigits = weights[digitZero] ?? 0;
weights.fill(ofDigits, digitZero, digitNine + 1);

let collator: Intl.Collator | undefined;

/** The order of names for people: in any case, with numbers in them by their value. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return compareAscii(a, b) ?? compareAny(a, b);
}

function compareAny(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return collator.compare(a, b);
}

/** Undefined where the collator has to decide. */
function compareAscii(a: string, b: string): number | undefined {
  let i = firstDifference(a, b);
  if (i > 0 && weightAt(a, i - 1) === 0) return undefined;
  let j = i;
  while (i < a.length && j < b.length) {
    const weight = weightAt(a, i);
    const other = weightAt(b, j);
    if (weight === 0 || other === 0) return undefined;
    if (weight === ofDigits && other === ofDigits) {
      const endA = endOfNumber(a, i);
      const endB = endOfNumber(b, j);
      if (!isAsciiAt(a, endA) || !isAsciiAt(b, endB)) return undefined;
      const difference = compareNumbers(a, i, endA, b, j, endB);
      if (difference !== 0) return difference;
      i = endA;
      j = endB;
    } else {
      i += 1;
      j += 1;
      if (weight !== other) {
        // What follows can belong to the same letter, such as an accent.
        if (!isAsciiAt(a, i) || !isAsciiAt(b, j)) return undefined;
        return weight < other ? -1 : 1;
      }
    }
  }
  if (!isAsciiAt(a, i) || !isAsciiAt(b, j)) return undefined;
  return Number(j >= b.length) - Number(i >= a.length);
}

/** Where the same texts end, but not within a number. */
function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  while (at > 0 && isDigit(a.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Two parts of digits alone, of any length. */
function compareNumbers(
  a: string,
  startA: number,
  endA: number,
  b: string,
  startB: number,
  endB: number,
): number {
  let i = afterZeros(a, startA, endA);
  let j = afterZeros(b, startB, endB);
  if (endA - i !== endB - j) return endA - i < endB - j ? -1 : 1;
  for (; i < endA; i += 1, j += 1) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) return difference;
  }
  return 0;
}

function afterZeros(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === digitZero) at += 1;
  return at;
}

function weightAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < weights.length ? (weights[code] ?? 0) : 0;
}

/** Also where the text has ended. */
function isAsciiAt(text: string, at: number): boolean {
  return at >= text.length || weightAt(text, at) !== 0;
}

function endOfNumber(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function isDigit(code: number): boolean {
  return code >= digitZero && code <= digitNine;
}
