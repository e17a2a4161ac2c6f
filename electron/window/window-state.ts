import { readFile } from 'node:fs/promises';
import { replaceFile } from '../../src/services/files/private-file.ts';
import { z } from 'zod';
import { boundsSchema } from './bounds.ts';

const windowStateSchema = z.object({
  bounds: boundsSchema.optional(),
  maximized: z.boolean().default(false),
  /** The user has been told that Stint goes on in the tray. */
  toldOfTray: z.boolean().default(false),
});

/** What the desktop shell remembers; nothing that matters if it is lost. */
export type WindowState = z.infer<typeof windowStateSchema>;

/** A missing or damaged file is the first start again. */
export async function readWindowState(file: string): Promise<WindowState> {
  try {
    return windowStateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return windowStateSchema.parse({});
  }
}

/** A failure is not worth a word: the window opens at its usual place then. */
export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await replaceFile(file, `${JSON.stringify(state)}\n`).catch(() => undefined);
}
