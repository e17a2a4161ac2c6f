/*
 * Unicode has several spellings of one text: é as one character (NFC), which is what people
 * type, or as e with an accent (NFD), which is what macOS gives for the names of files.
 */

const beyondAscii = /[\u0080-\uffff]/;
const blanksAroundSlash = /\s*\/\s*/g;

/** Whether two names are the same to a person, in this case. */
export function sameName(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}

/**
 * A text for searches: without the differences of case, of Unicode forms (NFKC: wide letters and
 * ligatures too) and of blanks around a slash, so that `prod/Admin` finds `prod / Admin`. Lower and
 * then upper case replaces the case folding that JavaScript lacks: ß, ẞ and SS become the same.
 */
export function searchable(text: string): string {
  // Only ASCII, as most names are: it has one form of each letter, and the rest took most of a search.
  if (!beyondAscii.test(text)) return text.toUpperCase().replace(blanksAroundSlash, '/');
  return text
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFKC')
    .replace(blanksAroundSlash, '/');
}
