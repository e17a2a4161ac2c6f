/** `of`, asked once about each text for as long as the result is used. */
export function remembered<T extends string | boolean>(of: (text: string) => T) {
  const known = new Map<string, T>();
  return (text: string): T => {
    const found = known.get(text) ?? of(text);
    known.set(text, found);
    return found;
  };
}
