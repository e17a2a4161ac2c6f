import type { PromptView } from '../owner/owner-client.ts';
import { roughDuration } from '../../models/duration.ts';
import { formatFields } from '../terminal/table.ts';
import { isAnsweredInBrowser } from './answer-prompt.ts';

/**
 * A question with everything needed to answer it: one field on a line, since links are long.
 * `about`: the name of its session or integration.
 */
export function promptLines(prompt: PromptView, about: string | undefined, now = Date.now()) {
  const { promptId, kind, text, account, role, device, url, code, choices = [] } = prompt;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['kind', kind],
    [prompt.integrationId === undefined ? 'session' : 'integration', about],
    ['account', account],
    ['role', role],
    ['device', device],
    ['open', url],
    ['code', code],
    ...choices.map((choice, index) => [`choice ${index + 1}`, choice] as const),
    ['time left', timeToAnswer(prompt.expiresAt, now)],
    [
      'answer',
      isAnsweredInBrowser(kind)
        ? 'in the browser; Stint continues by itself'
        : `stint prompt answer ${promptId}`,
    ],
    ['cancel', `stint prompt cancel ${promptId}`],
  ];
  const given = fields.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
  return [text, ...formatFields(given).map((line) => `  ${line}`)];
}

/** For a question that waits for weeks, the time left does not matter. */
function timeToAnswer(expiresAt: string, now: number): string | undefined {
  const left = Date.parse(expiresAt) - now;
  return left > 30 * 86_400_000 ? undefined : roughDuration(left);
}
