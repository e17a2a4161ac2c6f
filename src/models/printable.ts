/** What controls a terminal or turns the direction of writing: C0, C1, line separators, bidi controls. */
const controls =
  // eslint-disable-next-line no-control-regex -- control characters are what it finds
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** For a field of one line: shows a mark for each character that could control the terminal. */
export function printable(text: string): string {
  return text.replace(controls, '\ufffd');
}

/** For a text of several lines: the same, line by line. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** For JSON, where these characters can be written as escapes: readers get the same value. */
export function printableJson(json: string): string {
  return json.replace(controls, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
