import * as z from 'zod';
import { exportFormatSchema, exportText } from '../../models/history-export.ts';
import { historyEntrySchema, type HistoryEntry } from '../../models/history.ts';
import type { History, HistoryQuery } from '../../services/history/history.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { historyFilter, filterFor } from '../schemas/history-filter.ts';

const pageLength = 500;

const exported = defineRoute({
  operationId: 'exportHistory',
  method: 'get',
  path: '/v1/history/export',
  tag: 'history',
  summary: 'Export the history as a JSON array or as CSV (RFC 4180), newest first',
  description:
    'The answer is streamed. In CSV, a field that a spreadsheet would run as a formula begins with an apostrophe.',
  scope: 'history:read',
  bound: 'filtered',
  request: { query: historyFilter.extend({ format: exportFormatSchema.default('json') }) },
  responses: {
    200: {
      description: 'The entries',
      content: {
        'application/json': { schema: z.array(historyEntrySchema.meta({ id: 'HistoryEntry' })) },
        'text/csv': { schema: z.string() },
      },
    },
  },
  problems: ['file-unreadable'],
});

export function addHistoryExportRoutes(app: ApiApp): void {
  app.openapi(exported, (c) => {
    const { format, ...query } = c.req.valid('query');
    const pages = pagesOf(c.env.services.history, filterFor(c, query));
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json';
    return c.body(streamOf(exportText(format, pages)), 200, {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="stint-history.${format}"`,
    });
  });
}

/** The first page is read at once, so that what is wrong becomes an answer and not the end of a stream. */
function pagesOf(history: History, query: HistoryQuery): Iterable<readonly HistoryEntry[]> {
  const read = (cursor?: string) => history.list({ ...query, limit: pageLength, cursor });
  const first = read();
  return (function* () {
    for (let page = first; ; page = read(page.nextCursor)) {
      yield page.items;
      if (page.nextCursor === undefined) return;
    }
  })();
}

/** A page is read when the reader has taken the one before. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const piece = await pieces.next();
      if (piece.done === true) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
