import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAbsolute } from 'node:path';
import { openedByArguments, openedByLink, type Opened } from '../../../electron/opened/opened.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutatedText } from './mutated-text.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const id = '0d9c6a3e-5f2b-4c1d-9e8f-7a6b5c4d3e2f';

const link = fc
  .constantFrom(
    ...[`stint://start/${id}`, `stint://session/${id}`, 'stint://search', 'stint://import/'],
    ...['stint://app/v1/owner/stop', `STINT:start/${id}`, `https://start/${id}`],
  )
  .chain(mutatedText);
const file = fc.constantFrom('/x/team.stint', 'team.stint', '../team.stint').chain(mutatedText);
const argument = fc.oneof(link, file, fc.webUrl(), fc.string({ unit: 'binary' }));

/** Whatever the system hands over means one of the few things a link may mean, and names what it names. */
export const deepLinks: FuzzTarget = {
  name: 'deep-links',
  inputs: 500,
  open: () => ({
    property: fc.property(fc.array(argument, { maxLength: 4 }), (args) => {
      for (const one of args) check(openedByLink(one), [one]);
      const opened = openedByArguments(args, '/work');
      if (opened === undefined) return;
      assert.notEqual(opened.kind, 'unknown');
      check(
        opened,
        args.filter((one) => !one.startsWith('-')),
      );
    }),
  }),
};

function check(opened: Opened, given: readonly string[]): void {
  // The URL parser removes line ends and tabs (url.spec.whatwg.org, "basic URL parser", step 3).
  const names = (text: string) =>
    given.some((one) => one.replaceAll(/[\t\n\r]/g, '').includes(text));
  const isLink = given.some((one) => URL.parse(one)?.protocol === 'stint:');
  switch (opened.kind) {
    case 'unknown':
      return;
    case 'start':
      assert.ok(isLink && uuid.test(opened.sessionId) && names(opened.sessionId));
      return;
    case 'import':
      assert.ok(isAbsolute(opened.file) && opened.file.endsWith('.stint'));
      return;
    case 'show':
      assert.ok(isLink);
      if (opened.request?.kind === 'session') {
        assert.ok(uuid.test(opened.request.sessionId) && names(opened.request.sessionId));
      } else assert.ok(['search', 'import'].includes(opened.request?.kind ?? ''));
  }
}
