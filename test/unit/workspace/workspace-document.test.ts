import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeDocument } from '../../../src/services/workspace/workspace-document.ts';

it('a workspace is written as JSON with two blanks of indentation, whatever is in it', () => {
  const json = fc.jsonValue();
  const documents = fc
    .tuple(fc.dictionary(fc.string(), json), fc.array(json), fc.dictionary(fc.string(), json))
    .map(([others, sessions, settings]) => ({ ...others, version: 1, sessions, settings }));
  fc.assert(
    fc.property(documents, (document) => {
      const expected = `${JSON.stringify(document, undefined, 2)}\n`;
      expect(writeDocument(document).toString()).toBe(expected);
      expect(writeDocument(document).toString()).toBe(expected);
    }),
  );
});

it('a session that was written cannot be changed in place, so the next save has every change', () => {
  const session = { sessionName: 'dev', labels: ['team'] };
  writeDocument({ version: 1, settings: {}, sessions: [session] });
  expect(() => session.labels.push('other')).toThrow(TypeError);
  expect(() => (session.sessionName = 'prod')).toThrow(TypeError);
});
