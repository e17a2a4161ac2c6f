import { describe, expect, test } from 'vitest';
import { importQuestion } from '../../electron/opened/import-question.ts';
import { openedByArguments, openedByLink } from '../../electron/opened/opened.ts';
import type { ImportItem } from '../../src/models/import.ts';
import { deepLinks } from '../support/fuzz/deep-links.ts';
import { fuzzBriefly } from '../support/fuzz/fuzz-target.ts';
import { startDesktop } from './running-desktop.ts';
import { anySession } from './scripted-owner.ts';

const { sessionId } = anySession;

describe('a link', () => {
  test.each([
    [`stint://session/${sessionId}`, { kind: 'show', request: { kind: 'session', sessionId } }],
    [`stint://start/${sessionId}`, { kind: 'start', sessionId }],
    ['stint://search', { kind: 'show', request: { kind: 'search' } }],
    ['stint://import/', { kind: 'show', request: { kind: 'import' } }],
  ])('%s means %j', (address, opened) => {
    expect(openedByLink(address)).toEqual(opened);
  });

  test.each([
    'stint://app/',
    'stint://app/v1/owner/stop',
    'stint://start/payments',
    `stint://stop/${sessionId}`,
    `stint://start/${sessionId}?then=stop`,
    `stint://anna@start/${sessionId}`,
    `stint://start:1/${sessionId}`,
    `stint://start/${sessionId}/..`,
    `https://start/${sessionId}`,
    'stint:',
    '',
  ])('"%s" means nothing', (address) => {
    expect(openedByLink(address)).toEqual({ kind: 'unknown' });
  });
});

test.each([
  [['stint-desktop', '--hidden'], undefined],
  [
    ['stint-desktop', '--a=stint://search', `stint://start/${sessionId}`],
    { kind: 'start', sessionId },
  ],
  [['stint-desktop', 'team.stint', '--flag'], { kind: 'import', file: '/work/team.stint' }],
  [['stint-desktop', '/x/team.stint'], { kind: 'import', file: '/x/team.stint' }],
  [['electron', 'main.cjs', '/x/team.yaml', 'stint://evil'], undefined],
])('the arguments %j ask for %j', (args, opened) => {
  expect(openedByArguments(args, '/work')).toEqual(opened);
});

test('whatever another program hands over means one of the few things that a link may mean', async () => {
  await fuzzBriefly(deepLinks);
});

describe('what the system opens in Stint', () => {
  const importing = (items: readonly Partial<ImportItem>[]) =>
    Response.json({ from: 'stint', files: [], items, notes: [], applied: false });

  test('a link that starts a session asks first, with the name that the session has here', async () => {
    const { electron, connection, trayShows } = await startDesktop({ platform: 'darwin' });
    await trayShows('payments');
    electron.answerQuestion(1);
    electron.app.emit('open-url', electron.event(), `stint://start/${sessionId}`);
    await expect.poll(() => electron.told).toEqual(['Start payments?']);
    expect(connection.asked).toEqual([]);
    electron.answerQuestion(0);
    electron.app.emit('open-url', electron.event(), `stint://start/${sessionId}`);
    await expect.poll(() => connection.asked).toEqual([`POST /v1/sessions/${sessionId}/start`]);
  });

  test('a link that shows a session needs no question', async () => {
    const { electron, connection, window } = await startDesktop();
    await expect.poll(() => electron.windows.length).toBe(1);
    electron.app.emit('second-instance', electron.event(), [`stint://session/${sessionId}`], '/');
    await expect.poll(() => window().url).toBe(`stint://app/#session=${sessionId}`);
    expect([connection.asked, electron.told]).toEqual([[], []]);
  });

  test('what comes before Stint is ready waits for it', async () => {
    const { electron, connection } = await startDesktop({ args: [`stint://start/${sessionId}`] });
    await expect.poll(() => electron.told).toEqual(['Start payments?']);
    expect(connection.asked).toEqual([]);
  });

  test('an export is imported once the person has seen what it makes, as the owner', async () => {
    const { electron, connection, window } = await startDesktop({ platform: 'darwin' });
    await expect.poll(() => electron.windows.length).toBe(1);
    connection.answerImport(() =>
      importing([
        { kind: 'session', name: 'payments-prod', outcome: 'create' },
        { kind: 'session', name: 'payments', outcome: 'exists' },
      ]),
    );
    const open = () => electron.app.emit('open-file', electron.event(), '/x/team.stint');
    electron.answerQuestion(1);
    open();
    await expect.poll(() => electron.told).toEqual(['Import 1 session from team.stint?']);
    electron.answerQuestion(0);
    open();
    const body = { from: 'stint', files: { file: '/x/team.stint' }, withKeys: false };
    await expect
      .poll(() => connection.asked)
      .toEqual([
        `owner: POST /v1/import ${JSON.stringify({ ...body, apply: false })}`,
        `owner: POST /v1/import ${JSON.stringify({ ...body, apply: false })}`,
        `owner: POST /v1/import ${JSON.stringify({ ...body, apply: true })}`,
      ]);
    await expect.poll(() => window().url).toBe('stint://app/#import');
  });

  test('an export with nothing new says so', async () => {
    const { electron, connection } = await startDesktop({ args: ['/x/team.stint'] });
    connection.answerImport(() => importing([]));
    await expect
      .poll(() => electron.told)
      .toEqual(['team.stint has nothing that is not set up here already.']);
  });

  test('the installed app registers the scheme on Windows', async () => {
    const fake = { isPackaged: true };
    const { electron } = await startDesktop({ platform: 'win32', fake });
    expect(electron.app.protocols).toEqual(['stint']);
    expect((await startDesktop({ platform: 'win32' })).electron.app.protocols).toEqual([]);
  });
});

test('the question before an import counts what it makes, and names some of it', () => {
  const items = Array.from({ length: 14 }, (_, index) => ({
    kind: index === 0 ? 'integration' : 'session',
    name: `name ${index}`,
    outcome: 'create',
    source: '',
    notes: [],
  })) as ImportItem[];
  const question = importQuestion({ items, notes: ['Without secrets.'] }, 'team.stint');
  expect(question?.message).toBe('Import 13 sessions, 1 integration from team.stint?');
  expect(question?.detail.split('\n')).toEqual([
    ...items.slice(0, 12).map(({ name }) => name),
    'and 2 more',
    'Without secrets.',
  ]);
  expect(importQuestion({ items: [], notes: [] }, 'team.stint')).toBeUndefined();
});
