import { chromium, type Browser } from '@playwright/test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Draws the PNGs of electron/icons from glyph.svg, in the system's Chromium. Run by hand when the
 * glyph changes; the pictures are committed.
 */

interface Style {
  readonly colour: string;
  /** A tile behind the glyph. */
  readonly tile?: string;
}

interface Picture extends Style {
  readonly file: string;
  /** Width and height, in pixels. */
  readonly size: number;
  /** Inside the glyph, instead of its hands. */
  readonly mark?: string;
}

const accent = '#3b5bdb';

/** What the tray shows, by the names that electron/tray/tray-icon.ts gives. */
const marks: Readonly<Record<string, string | undefined>> = {
  idle: undefined,
  waiting: '!',
  ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index + 1, String(index + 1)])),
  many: '9+',
};

/** Panels of Windows are dark or light; Linux does not say, so the icon brings its own ground. */
const grounds: Readonly<Record<string, Style>> = {
  dark: { colour: '#fff' },
  light: { colour: '#1b1e26' },
  tile: { colour: '#fff', tile: accent },
};

/** macOS colours a template itself; it has to be black on nothing. */
const templates: Readonly<Record<string, string | undefined>> = {
  idle: undefined,
  running: '•',
  waiting: '!',
};

function inBothSizes(name: string, size: number, style: Omit<Picture, 'file' | 'size'>): Picture[] {
  return [
    { ...style, file: `tray/${name}.png`, size },
    { ...style, file: `tray/${name}@2x.png`, size: size * 2 },
  ];
}

const pictures: readonly Picture[] = [
  { file: 'stint.png', size: 512, colour: '#fff', tile: accent },
  ...Object.entries(templates).flatMap(([state, mark]) =>
    inBothSizes(`${state}Template`, 16, {
      colour: '#000',
      ...(mark === undefined ? {} : { mark }),
    }),
  ),
  ...Object.entries(grounds).flatMap(([ground, style]) =>
    Object.entries(marks).flatMap(([state, mark]) =>
      inBothSizes(`${ground}-${state}`, 24, { ...style, ...(mark === undefined ? {} : { mark }) }),
    ),
  ),
];

const folder = join(import.meta.dirname, '..', 'electron', 'icons');
const glyph = await readFile(join(folder, 'glyph.svg'), 'utf8');

/** The glyph's ring around a mark. */
function ringWith(mark: string): string {
  const size = mark.length > 1 ? 7 : 10;
  const text =
    `<text x="8" y="8.2" text-anchor="middle" dominant-baseline="central" fill="currentColor"` +
    ` font-family="sans-serif" font-weight="bold" font-size="${size}">${mark}</text>`;
  return glyph.replace(/<path d="M8 5[^>]*>/, text);
}

async function draw(browser: Browser, { file, size, colour, tile, mark }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const padding = tile === undefined ? 0 : size * (mark === undefined ? 0.17 : 0.08);
  const back = tile === undefined ? '' : `background:${tile};border-radius:${size * 0.22}px;`;
  await page.setContent(
    `<body style="margin:0;background:transparent"><div style="box-sizing:border-box;` +
      `width:${size}px;height:${size}px;padding:${padding}px;color:${colour};${back}">` +
      `${mark === undefined ? glyph : ringWith(mark)}</div>`,
  );
  await writeFile(join(folder, file), await page.screenshot({ omitBackground: true }));
  await page.close();
}

await mkdir(join(folder, 'tray'), { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const picture of pictures) await draw(browser, picture);
} finally {
  await browser.close();
}
