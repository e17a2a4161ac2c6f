import { chromium } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Draws the PNGs of electron/icons from glyph.svg, in the system's Chromium. Run by hand when the
 * glyph changes; the pictures are committed.
 */

interface Picture {
  readonly file: string;
  readonly size: number;
  readonly colour: string;
  /** A tile behind the glyph, for the app's own icon. */
  readonly tile?: string;
}

const accent = '#3b5bdb';
const pictures: readonly Picture[] = [
  // macOS colours a template itself; it has to be black on nothing.
  { file: 'trayTemplate.png', size: 16, colour: '#000' },
  { file: 'trayTemplate@2x.png', size: 32, colour: '#000' },
  { file: 'tray.png', size: 24, colour: accent },
  { file: 'tray@2x.png', size: 48, colour: accent },
  { file: 'stint.png', size: 512, colour: '#fff', tile: accent },
];

const folder = join(import.meta.dirname, '..', 'electron', 'icons');
const glyph = await readFile(join(folder, 'glyph.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
try {
  for (const { file, size, colour, tile } of pictures) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const padding = tile === undefined ? 0 : size * 0.17;
    const back = tile === undefined ? '' : `background:${tile};border-radius:${size * 0.22}px;`;
    await page.setContent(
      `<body style="margin:0;background:transparent"><div style="box-sizing:border-box;` +
        `width:${size}px;height:${size}px;padding:${padding}px;color:${colour};${back}">${glyph}</div>`,
    );
    await writeFile(join(folder, file), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
