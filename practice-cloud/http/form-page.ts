import { randomBytes } from 'node:crypto';
import { escapeXml } from '../sts/xml.ts';
import type { HttpAnswer } from './request.ts';

/*
 * Pages of plain forms. A script is used for one thing only, sending an answer on by itself, and a button
 * does the same without it (SAML 2.0 Bindings §3.5, "OAuth 2.0 Form Post Response Mode").
 */

export interface Page {
  readonly title: string;
  readonly content: string;
  /** What was wrong with the form before. */
  readonly complaint?: string;
  /** 200 by default, 403 with a complaint. */
  readonly status?: number;
}

export function page({ title, content, complaint = '', status }: Page): HttpAnswer {
  return write(title, content, complaint, status ?? (complaint === '' ? 200 : 403));
}

/** A page that posts its fields to another address as soon as it loads. */
export function sendingPage(
  title: string,
  address: string,
  fields: Readonly<Record<string, string>>,
  label: string,
): HttpAnswer {
  const nonce = randomBytes(12).toString('base64');
  const inputs = Object.entries(fields).map(([name, value]) => hidden(name, value));
  const content = form(address, ...inputs, `<button>${escapeXml(label)}</button>`);
  const script = `<script nonce="${nonce}">document.forms[0].submit()</script>`;
  return write(title, content + script, '', 200, nonce);
}

export function form(action: string, ...content: readonly string[]): string {
  return `<form method="post" action="${escapeXml(action)}">${content.join('')}</form>`;
}

export function input(
  name: string,
  label: string,
  type: string,
  autocomplete: string,
  value = '',
): string {
  return (
    `<p><label>${label} <input name="${name}" type="${type}" value="${escapeXml(value)}" ` +
    `autocomplete="${autocomplete}" required></label></p>`
  );
}

export function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;
}

export function button(name: string, value: string, label: string): string {
  return `<button name="${name}" value="${escapeXml(value)}">${escapeXml(label)}</button>`;
}

function write(
  title: string,
  content: string,
  complaint: string,
  status: number,
  nonce?: string,
): HttpAnswer {
  const words = complaint === '' ? '' : `<p role="alert">${escapeXml(complaint)}</p>`;
  const scripts = nonce === undefined ? "'none'" : `'nonce-${nonce}'`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; script-src ${scripts}; frame-ancestors 'none'`,
    },
    body:
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeXml(title)}</title>` +
      `<h1>${escapeXml(title)}</h1>${words}${content}</html>\n`,
  };
}
