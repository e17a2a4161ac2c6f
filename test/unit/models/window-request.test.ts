import { expect, test } from 'vitest';
import {
  requestFragment,
  requestIn,
  type WindowRequest,
} from '../../../src/models/window-request.ts';

test.each<WindowRequest>([
  { kind: 'search' },
  { kind: 'import' },
  { kind: 'help' },
  { kind: 'question', promptId: 'a&b=c' },
  { kind: 'session', sessionId: '7a1c1f0e-3f55-4c1e-9f0e-0b1c2d3e4f50' },
])('the window finds in its address what was requested: $kind', (request) => {
  expect(requestIn(new URL(requestFragment(request), 'stint://app/').hash)).toEqual(request);
});

test.each(['', '#', '#question', '#session=', '#session=%', '#other=1'])(
  '"%s" requests nothing',
  (fragment) => {
    expect(requestIn(fragment)).toBeUndefined();
  },
);
