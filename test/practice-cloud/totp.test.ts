import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../practice-cloud/identity/base32.ts';
import { MfaDevice } from '../../practice-cloud/identity/mfa-device.ts';
import { hotp, timeStep } from '../../practice-cloud/identity/totp.ts';

describe('the codes of an MFA device', () => {
  // RFC 6238 Appendix B: one seed per hash, eight digits, steps of 30 seconds.
  const seeds = {
    sha1: '12345678901234567890',
    sha256: '12345678901234567890123456789012',
    sha512: '1234567890123456789012345678901234567890123456789012345678901234',
  };
  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('are those of RFC 6238 at %i seconds', (seconds, sha1, sha256, sha512) => {
    const shown = Object.entries(seeds).map(([hash, seed]) =>
      hotp(encodeBase32(Buffer.from(seed)), timeStep(seconds * 1000), {
        digits: 8,
        hash: hash as keyof typeof seeds,
      }),
    );
    expect(shown).toEqual([sha1, sha256, sha512]);
  });

  it('are those of RFC 4226 for the first ten counters', () => {
    const seed = encodeBase32(Buffer.from(seeds.sha1));
    expect(Array.from({ length: 10 }, (_, counter) => hotp(seed, counter))).toEqual(
      '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '),
    );
  });

  // RFC 4648 §10.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('come from seeds in base 32: %j', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded);
    expect(decodeBase32(encoded.toLowerCase()).toString()).toBe(text);
  });
});

describe('an MFA device', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 10);
  const step = 30_000;
  const seed = encodeBase32(Buffer.from('12345678901234567890'));
  const codeAt = (time: number) => hotp(seed, timeStep(time));
  const device = () => new MfaDevice({ serial: 's', userArn: 'u', seed });

  it('takes the code of this step and of one on either side, and no other', () => {
    const taken = [-2, -1, 0, 1, 2].map((off) => device().take(codeAt(now + off * step), now, 1));
    expect(taken).toEqual([false, true, true, true, false]);
  });

  it('takes the codes of more steps where the window is wider', () => {
    const taken = [-4, -3, 3, 4].map((off) => device().take(codeAt(now + off * step), now, 3));
    expect(taken).toEqual([false, true, true, false]);
    const one = device();
    const shown = [0, 1, 2, 3].map(() => one.take(one.freshCode(now, 3) ?? '', now, 3));
    expect(shown).toEqual([true, true, true, true]);
    expect(one.freshCode(now, 3)).toBeUndefined();
  });

  it('takes each code once', () => {
    const one = device();
    expect([one.take(codeAt(now), now, 1), one.take(codeAt(now), now, 1)]).toEqual([true, false]);
    expect(one.take(codeAt(now), now + step, 1)).toBe(false);
    expect(one.take(codeAt(now + step), now, 1)).toBe(true);
  });

  it('refuses codes of another length', () => {
    expect(device().take(codeAt(now).slice(1), now, 1)).toBe(false);
    expect(device().take(`${codeAt(now)}0`, now, 1)).toBe(false);
  });

  it('shows a code that will be taken, until that of the next step was used too', () => {
    const one = device();
    const shown = [1, 2].map(() => {
      const code = one.freshCode(now, 1) ?? '';
      return one.take(code, now, 1);
    });
    expect(shown).toEqual([true, true]);
    expect(one.freshCode(now, 1)).toBeUndefined();
    expect(one.freshCode(now + step, 1)).toBe(codeAt(now + 2 * step));
  });
});
