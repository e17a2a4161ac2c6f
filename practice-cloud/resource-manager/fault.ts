import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from '../http/request.ts';

/*
 * Errors of Azure Resource Manager. Source: "Troubleshoot common Azure deployment errors" for the
 * codes, the Resource Manager contract's "Error response content" for the shape; the words of those that
 * are about tokens, which no page lists, as reported in the issues of Microsoft's SDKs.
 */

interface FaultDetails {
  /** Who could let the caller in (RFC 6750 §3). */
  readonly challenge?: string;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number;
}

export class ManagerFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: FaultDetails;

  constructor(status: number, code: string, message: string, details: FaultDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function faultAnswer({ status, code, message, details }: ManagerFault): HttpAnswer {
  return json(
    status,
    { error: { code, message } },
    {
      'x-ms-failure-cause': 'gateway',
      ...(details.challenge === undefined ? {} : { 'www-authenticate': details.challenge }),
      ...(details.retryAfter === undefined ? {} : { 'retry-after': String(details.retryAfter) }),
    },
  );
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const id = randomUUID();
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      'x-ms-request-id': id,
      'x-ms-correlation-request-id': id,
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

/** "Understand how Azure Resource Manager throttles requests": 429 with `Retry-After`. */
export const throttled = (retryAfter: number) =>
  new ManagerFault(429, 'TooManyRequests', 'The request is being throttled.', { retryAfter });

export const failure = (status: 500 | 503) =>
  status === 503
    ? new ManagerFault(503, 'ServiceUnavailable', 'The service is temporarily unavailable.')
    : new ManagerFault(500, 'InternalServerError', 'Encountered internal server error.');
