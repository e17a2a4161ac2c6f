import { describe, expect, test } from 'vitest';
import { confirmedFetch } from '../../electron/owner/confirmed-fetch.ts';

const problem = (code: string) =>
  Response.json(
    { type: `urn:stint:problem:${code}`, detail: 'set httpProxy to x' },
    { status: 403 },
  );
const change = () =>
  new Request('stint://app/v1/settings', { method: 'PATCH', body: '{"httpProxy":"x"}' });

function played(refusal: Response, allow: boolean) {
  const asked: string[] = [];
  const asOwner: string[] = [];
  const fetch = confirmedFetch({
    fetch: () => Promise.resolve(refusal),
    fetchAsOwner: async (request) => {
      asOwner.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`);
      return Response.json({ done: true });
    },
    confirm: ({ detail }) => {
      asked.push(detail);
      return Promise.resolve(allow);
    },
  });
  return { fetch, asked, asOwner };
}

describe('what only the owner decides, asked for by the page of the desktop app', () => {
  test('is done as the owner once the person allowed it in a dialog', async () => {
    const { fetch, asked, asOwner } = played(problem('owner-only'), true);
    expect(await (await fetch(change())).json()).toEqual({ done: true });
    expect(asked).toEqual(['set httpProxy to x']);
    expect(asOwner).toEqual(['PATCH /v1/settings {"httpProxy":"x"}']);
  });

  test('is not done if the person cancels: the page gets the refusal', async () => {
    const { fetch, asOwner } = played(problem('owner-only'), false);
    expect((await fetch(change())).status).toBe(403);
    expect(asOwner).toEqual([]);
  });

  test('is the only refusal that is asked about', async () => {
    for (const refusal of [problem('scope-missing'), problem('request-untrusted')]) {
      const { fetch, asked } = played(refusal, true);
      expect((await fetch(change())).status).toBe(403);
      expect(asked).toEqual([]);
    }
  });
});
