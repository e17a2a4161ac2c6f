const controls =
  // eslint-disable-next-line no-control-regex -- control characters are what it removes
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Names come from files and servers: replaces what could control the terminal with a mark. */
export function printable(text: string): string {
  return text.replace(controls, '\ufffd');
}
