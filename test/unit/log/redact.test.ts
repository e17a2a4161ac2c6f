import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/services/log/redact.ts';

const secret = 'wJalr/XUtn+FEMI "K7" ✓';

/** Every character that is not a letter or digit, as a number. */
function inHtml(text: string, write: (code: number) => string): string {
  return text.replace(/[^a-z0-9]/giu, (one) => write(one.codePointAt(0) ?? 0));
}

function inAscii(text: string): string {
  return text.replace(
    /[^a-z0-9]/gi,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

describe('a secret that is known', () => {
  test.each([
    ['unchanged', secret],
    ['in JSON', JSON.stringify({ body: secret })],
    ['in JSON inside JSON', JSON.stringify(JSON.stringify({ body: secret }))],
    ['in a URL', `https://host/?key=${encodeURIComponent(secret)}`],
    ['in a form', new URLSearchParams({ key: secret }).toString()],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
    ['in the middle of base64', Buffer.from(`user:${secret}:x`).toString('base64')],
    ['in hexadecimal digits', Buffer.from(secret).toString('hex')],
    ['in hexadecimal digits in upper case', Buffer.from(secret).toString('hex').toUpperCase()],
    ['in JSON with escaped slashes', JSON.stringify(secret).replaceAll('/', '\\/')],
    ['in JSON in ASCII', inAscii(secret)],
    [
      'in a URL in lower case',
      encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
    ['in a URL in a URL', encodeURIComponent(encodeURIComponent(secret))],
    ['in JSON in a URL', encodeURIComponent(JSON.stringify({ body: secret }))],
    ['in HTML', inHtml(secret, (code) => `&#x${code.toString(16)};`)],
    ['in HTML with decimal numbers', inHtml(secret, (code) => `&#${code};`)],
    ['in XML', secret.replaceAll('"', '&quot;')],
    ['in base64 in a URL', encodeURIComponent(Buffer.from(secret).toString('base64'))],
  ])('is removed %s', (_how, text) => {
    const redactor = createRedactor();
    redactor.hide(secret);
    const redacted = String(redactor.redact(`before ${text} after`));
    expect(redacted).toContain('[redacted]');
    expect(redacted).toMatch(/^before .* after$/);
    for (const part of ['wJalr', 'd0phbH', '774a616c', '774A616C', 'XUtn'])
      expect(redacted).not.toContain(part);
  });

  test('is removed wherever it is in the line', () => {
    const redactor = createRedactor();
    redactor.hide(secret);
    const error = new Error(`refused: ${secret}`, { cause: [secret] });
    const redacted = redactor.redact({ [secret]: 1, list: [{ deep: secret }], error });
    expect(JSON.stringify(redacted)).not.toContain('wJalr');
    expect(redacted).toMatchObject({ '[redacted]': 1, list: [{ deep: '[redacted]' }] });
  });

  test.each([
    ['in a URL', encodeURIComponent],
    ['in JSON in ASCII', inAscii],
    ['in HTML', (text: string) => inHtml(text, (code) => `&#x${code.toString(16)};`)],
  ] as const)('is removed where a long text is cut within it %s', (_how, write) => {
    const redactor = createRedactor();
    const passphrase = '青い鳥が空を飛ぶ夜の城';
    redactor.hide(passphrase);
    const written = write(passphrase);
    for (let before = 10_000 - written.length; before <= 10_000; before += 1) {
      const text = 'x'.repeat(before) + written + 'y'.repeat(100);
      expect(String(redactor.redact(text))).not.toContain(write('青い'));
    }
  });

  test.each([
    ['unchanged', (token: string) => token],
    ['in a URL', encodeURIComponent],
    ['in base64', (token: string) => Buffer.from(token).toString('base64')],
    ['in the middle of base64', (token: string) => Buffer.from(`a:${token}`).toString('base64')],
    ['in base64 for URLs', (token: string) => Buffer.from(token).toString('base64url')],
    ['in hexadecimal digits', (token: string) => Buffer.from(token).toString('hex')],
  ] as const)('is removed to its end, however long it is, %s', (_how, write) => {
    const redactor = createRedactor();
    const token = Array.from({ length: 200 }, (_, at) => `${at}/+=~.`).join('');
    redactor.hide(token);
    expect(redactor.redact(`before "${write(token)}" after`)).toMatch(
      /^before "([\w+/=]{0,4})\[redacted\]" after$/,
    );
  });

  test('is removed however many are known by then, where it is for as long as the process runs', () => {
    const redactor = createRedactor();
    redactor.hide(secret, 'for good');
    for (let at = 0; at < 6000; at += 1) redactor.hide(`credentials ${at}`);
    expect(redactor.redact(`before ${secret} after`)).toBe('before [redacted] after');
    expect(redactor.redact('credentials 5999')).toBe('[redacted]');
  });

  test('is removed although one that looks alike in a form is forgotten', () => {
    const redactor = createRedactor();
    redactor.hide('open sesame');
    redactor.hide('open+sesame', 'for good');
    redactor.hide('another way to say: open sesame');
    redactor.hide('another+way+to+say:+open+sesame', 'for good');
    for (let at = 0; at < 6000; at += 1) redactor.hide(`credentials ${at}`);
    expect(redactor.redact('open+sesame')).toBe('[redacted]');
    expect(redactor.redact('another+way+to+say:+open+sesame')).toBe('[redacted]');
  });

  test('is removed from what an object would write of itself', () => {
    const redactor = createRedactor();
    redactor.hide(secret);
    const line = { error: { toJSON: () => ({ request: secret }) } };
    expect(JSON.stringify(redactor.redact(line))).not.toContain('wJalr');
  });

  test('is found at any place in base64 of a longer text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: 'binary' }).filter((text) => text.isWellFormed()),
        fc.string(),
        fc.string(),
        (hidden, before, after) => {
          const redactor = createRedactor();
          redactor.hide(hidden);
          const text = Buffer.from(before + hidden + after).toString('base64');
          expect(redactor.redact(text)).toContain('[redacted]');
        },
      ),
    );
  });
});

describe('what is not known', () => {
  test('is removed if its name sounds like a secret', () => {
    const names = [
      'secretAccessKey',
      'accessKeyId',
      'AWS_SECRET_ACCESS_KEY',
      'sessionToken',
      'x-amz-security-token',
      'Authorization',
      'passphrase',
      'clientSecret',
      'SAMLAssertion',
      'credentials',
      'refresh_token',
      'answer',
      'masterKey',
    ];
    const redacted = createRedactor().redact(Object.fromEntries(names.map((name) => [name, 'x'])));
    expect(redacted).toEqual(Object.fromEntries(names.map((name) => [name, '[redacted]'])));
  });

  test('stays where the name only speaks of one', () => {
    const harmless = {
      tokenId: '6f1c3f52',
      tokenSeconds: 3600,
      credentialsExpireAt: '2026-01-31T12:00:00.000Z',
      awsCredentialsFile: '/home/me/.aws/credentials',
      key: 'sessionName',
      token: undefined,
      count: 3,
      none: null,
    };
    expect(createRedactor().redact(harmless)).toEqual(harmless);
  });

  test('is removed if it looks like a token or an AWS access key id', () => {
    const jwt = `eyJ${'a'.repeat(20)}.eyJzdWIiOiJ4In0.c2lnbmF0dXJl`;
    const message = `got ${jwt} for ASIAIOSFODNN7EXAMPLE and AKIAIOSFODNN7EXAMPLE`;
    expect(createRedactor().redact({ message })).toEqual({
      message: 'got [redacted] for [redacted] and [redacted]',
    });
  });

  test('may be as deep and as round as it likes', () => {
    const round: Record<string, unknown> = { bytes: Buffer.from('x'), big: 12n };
    round['self'] = round;
    expect(JSON.stringify(createRedactor().redact(round))).toContain('[too deep]');
  });
});

test('a text that was logged before it became a secret, or a part of one, is hidden from then on', () => {
  const redactor = createRedactor();
  redactor.hide('an earlier secret');
  expect(redactor.redact('gamma-ray')).toBe('gamma-ray');
  expect(redactor.redact({ 'gamma-ray': 'gamma-ray' })).toEqual({ 'gamma-ray': 'gamma-ray' });
  redactor.hide('gamma');
  expect(redactor.redact('gamma-ray')).toBe('[redacted]-ray');
  expect(redactor.redact(['gamma-ray', 'beta'])).toEqual(['[redacted]-ray', 'beta']);
});
