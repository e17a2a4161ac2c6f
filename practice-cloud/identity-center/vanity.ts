import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';

/*
 * Companies' own addresses of their access portals: what the AWS CLI v2 calls a vanity host and follows
 * once (`awscli/customizations/sso/resolve.py`).
 */

type Answer = (startUrl: string, origin: string, name: string) => HttpAnswer;

/** How the address of an instance answers, by what follows its name. */
const forms: Readonly<Record<string, Answer>> = {
  '': (startUrl) => redirect(302, startUrl),
  permanent: (startUrl) => redirect(308, startUrl),
  /** By way of another address of the company. */
  twice: (_startUrl, origin, name) => redirect(302, `${origin}/${name}`),
  /** To somebody who is not AWS. */
  elsewhere: () => redirect(302, 'https://portal.evil.example/start'),
  lost: () => ({ status: 302, headers: {}, body: '' }),
  /** A page, no redirect. */
  page: () => ({ status: 200, headers: {}, body: 'Welcome' }),
  gone: () => ({ status: 404, headers: {}, body: '' }),
};

/** `/NAME` and `/NAME/FORM`; `/NAME/FORM/get-only` refuses HEAD, as some web servers do. */
export function answerVanity(
  { method, path }: HttpRequest,
  { centers }: CloudState,
  origin: string,
): HttpAnswer {
  const [, name = '', form = '', ...rest] = path.split('/');
  const center = centers.all().find(({ options }) => options.name === name);
  const answer = forms[form === 'get-only' ? '' : form];
  if (center === undefined || answer === undefined) return { status: 404, headers: {}, body: '' };
  const refusesHead = form === 'get-only' || rest.includes('get-only');
  if (method === 'HEAD' && refusesHead) return { status: 405, headers: {}, body: '' };
  return answer(center.startUrl, origin, name);
}

function redirect(status: number, location: string): HttpAnswer {
  return { status, headers: { location }, body: '' };
}
