/** A name and a value, as somebody has typed them so far. */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** As the API takes them; undefined where none is typed. */
export function tagRecord(tags: readonly Tag[]): Readonly<Record<string, string>> | undefined {
  const typed = tags.filter(({ name }) => name.trim() !== '');
  if (typed.length === 0) return undefined;
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value.trim()]));
}

/** What is wrong with them, as a sentence. */
export function tagsError(tags: readonly Tag[]): string | undefined {
  const names = tags.map(({ name }) => name.trim());
  const nameless = tags.some(({ value }, at) => value.trim() !== '' && names[at] === '');
  if (nameless) return 'Enter a name for each tag.';
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) return `Tag ${twice} is listed twice. Remove one of them.`;
  // STS API Reference, AssumeRole, Tags: keys of up to 128 characters, values of up to 256.
  if (names.some((name) => name.length > 128)) {
    return 'The name of a tag can have at most 128 characters.';
  }
  const long = tags.find(({ value }) => value.trim().length > 256);
  if (long === undefined) return undefined;
  return `The value of tag ${long.name.trim()} can have at most 256 characters.`;
}
