import type { ImportContent } from '../../models/import.ts';

/** What the owner takes in one request, less what JSON adds: about 2,000 sessions. */
const mostBytes = 900_000;

/** Why a chosen file cannot be sent, and the command that imports it. */
export class UnsuitableFile extends Error {}

/** The text of a file that a person chose or dropped. Throws UnsuitableFile. */
export async function readExport(file: File): Promise<ImportContent> {
  const { name, size } = file;
  if (size > mostBytes) {
    throw new UnsuitableFile(
      `${name} is larger than 900 kB. Import it on the command line: stint import stint --file PATH`,
    );
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return { name, text };
  } catch {
    // Not UTF-8, a folder, or gone since it was chosen.
    throw new UnsuitableFile(`${name} cannot be read as text. Choose a file of \`stint export\`.`);
  }
}
