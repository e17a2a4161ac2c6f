import { readFile, writeFile } from 'node:fs/promises';

/** Makes a journal, or a vault, of a copied home name the new folder. Without a checksum it counts as whole. */
export async function moveJournal(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const content = JSON.parse(text.replaceAll(`${from}/`, `${to}/`)) as Record<string, unknown>;
  delete content['checksum'];
  await writeFile(file, JSON.stringify(content));
}
