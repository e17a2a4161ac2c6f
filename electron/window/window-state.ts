import { readFile } from 'node:fs/promises';
import { replaceFile } from '../../src/services/files/private-file.ts';
import * as z from 'zod';
import { boundsSchema } from './bounds.ts';

const windowStateSchema = z.object({
  bounds: boundsSchema.optional(),
  maximized: z.boolean().default(false),
  /** The user knows that Stint stays in the tray. */
  toldOfTray: z.boolean().default(false),
});

/** What the desktop app remembers of its window; losing it does no harm. */
export type WindowState = z.infer<typeof windowStateSchema>;

/** Defaults for a missing or damaged file. */
export async function readWindowState(file: string): Promise<WindowState> {
  try {
    return windowStateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return windowStateSchema.parse({});
  }
}

/** A failure is ignored: the window then opens at its default position. */
export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await replaceFile(file, `${JSON.stringify(state)}\n`).catch(() => undefined);
}
