import { buildEmptyPage } from '../build-window.ts';
import { startMany } from './active-sessions.ts';
import { onComputer } from './computer.ts';
import { many } from './many-sessions.ts';
import type { Row, Subject } from './row.ts';
import { measureAnswers } from './window/answers.ts';
import { inChromium } from './window/chromium.ts';
import { measureFirstLoad } from './window/first-load.ts';
import { measureIdling } from './window/idling.ts';
import { measureOpening } from './window/opening.ts';
import { withPages } from './window/pages.ts';
import { measureScrolling } from './window/scrolling.ts';

/** More than fit on the screen. */
const active = 25;

/** The window of somebody with a large workspace, in Chromium, beside an empty Angular page. */
export const windowSubject: Subject = {
  name: 'window',
  measure: () =>
    onComputer(
      async (computer): Promise<readonly Row[]> => {
        await startMany(computer, active);
        const emptyPage = await buildEmptyPage();
        return await withPages({ scratch: computer.scratch, emptyPage }, async (pages) => [
          ...(await inChromium(async (browser) => [
            ...(await measureOpening(browser, pages)),
            ...(await measureFirstLoad(browser, pages)),
            ...(await measureAnswers(browser, pages)),
            ...(await measureScrolling(browser, pages)),
          ])),
          ...(await measureIdling(pages, active)),
        ]);
      },
      { sessions: many },
    ),
};
