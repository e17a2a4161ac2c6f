import type { HttpAnswer } from '../http/request.ts';
import type { StsFault } from './fault.ts';

/** Namespace of STS's answers (the `ResponseMetadata` samples on each action's page). */
export const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The content of an element: text, or child elements in order; `undefined` omits it. */
export type XmlContent =
  string | number | undefined | readonly XmlContent[] | { readonly [name: string]: XmlContent };

/** Writes elements one after another. */
export function toXml(content: Exclude<XmlContent, undefined>): string {
  if (typeof content !== 'object') return escapeXml(String(content));
  // Lists of the Query protocol: each entry is a `member`.
  if (Array.isArray(content)) {
    return (content as readonly XmlContent[]).map((member) => toXml({ member })).join('');
  }
  return Object.entries(content)
    .map(([name, inner]) => (inner === undefined ? '' : `<${name}>${toXml(inner)}</${name}>`))
    .join('');
}

/** Text escaped for an element or a quoted attribute, in XML and HTML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The answer of a done action: `<NameResponse><NameResult>…`, or without a result (AWS Query protocol). */
export function resultAnswer(
  action: string,
  result: XmlContent,
  requestId: string,
  namespace = stsNamespace,
): HttpAnswer {
  const inner = toXml({
    ...(result === undefined ? {} : { [`${action}Result`]: result }),
    ResponseMetadata: { RequestId: requestId },
  });
  const name = `${action}Response`;
  return xmlAnswer(200, `<${name} xmlns="${namespace}">${inner}</${name}>`, requestId);
}

/** The answer of a refused request: `<ErrorResponse><Error>…` (AWS Query protocol). */
export function faultAnswer(
  fault: StsFault,
  requestId: string,
  namespace = stsNamespace,
): HttpAnswer {
  const inner = toXml({
    Error: { Type: fault.type, Code: fault.code, Message: fault.message },
    RequestId: requestId,
  });
  const body = `<ErrorResponse xmlns="${namespace}">${inner}</ErrorResponse>`;
  return xmlAnswer(fault.status, body, requestId);
}

function xmlAnswer(status: number, body: string, requestId: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `${body}\n`,
  };
}
