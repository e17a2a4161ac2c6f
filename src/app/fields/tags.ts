/** A name and a value, as somebody has typed them so far. */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** Tags as the text of a draft, rows that are still empty included. */
export function textOfTags(tags: readonly Tag[]): string {
  return tags.length === 0 ? '' : JSON.stringify(tags);
}

export function tagsOf(text: string): readonly Tag[] {
  return text === '' ? [] : (JSON.parse(text) as readonly Tag[]);
}

/** As the API takes them; undefined where none is typed. */
export function tagRecord(tags: readonly Tag[]): Readonly<Record<string, string>> | undefined {
  const typed = tags.filter(({ name }) => name.trim() !== '');
  if (typed.length === 0) return undefined;
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value.trim()]));
}

/** What is wrong with them, in words, to stand after the name of the field. */
export function tagsError(tags: readonly Tag[]): string | undefined {
  const names = tags.map(({ name }) => name.trim());
  const nameless = tags.some(({ value }, at) => value.trim() !== '' && names[at] === '');
  if (nameless) return 'hold a value without a name';
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) return `hold ${twice} twice`;
  // STS API Reference, AssumeRole, Tags: keys of up to 128 characters, values of up to 256.
  if (names.some((name) => name.length > 128)) return 'hold a name of more than 128 characters';
  const long = tags.find(({ value }) => value.trim().length > 256);
  return long === undefined ? undefined : `hold a value of more than 256 characters: ${long.name}`;
}
