import { describe, expect, test } from 'vitest';
import { decideLink } from '../../electron/guards/external-link.ts';
import { mayNavigate } from '../../electron/guards/navigation.ts';
import { mayHave } from '../../electron/guards/permission.ts';
import { isAppUrl } from '../../electron/scheme/address.ts';
import { mayRequest, type AskingFrame } from '../../electron/scheme/frame-guard.ts';
import { isOwnRequest } from '../../electron/scheme/provenance.ts';

describe('the app’s own address', () => {
  test.each(['stint://app', 'stint://app/', 'stint://app/v1/sessions?limit=1', 'STINT://app/'])(
    '%s is the app',
    (address) => {
      expect(isAppUrl(address)).toBe(true);
      expect(mayNavigate(address)).toBe(true);
    },
  );

  test.each([
    'stint://app.evil/',
    'stint://appp/',
    'stint://evil/app/',
    'stint://user@app/',
    'stint://app:8080/',
    'stint:app',
    'https://app/',
    'https://evil.example/?stint://app/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'about:blank',
    '',
  ])('%s is not, and no window goes there', (address) => {
    expect(isAppUrl(address)).toBe(false);
    expect(mayNavigate(address)).toBe(false);
  });
});

describe('which frame may send a request', () => {
  const page: AskingFrame = {
    url: 'stint://app/v1/sessions',
    resourceType: 'xhr',
    webContentsId: 7,
    isTopFrame: true,
    initiatorOrigin: 'stint://app',
  };
  const cases: readonly [string, Partial<AskingFrame>, boolean][] = [
    ['the page in the window’s top frame may', {}, true],
    ['the first load, which has no frame yet, may',
      { url: 'stint://app/', resourceType: 'mainFrame', isTopFrame: undefined, initiatorOrigin: undefined }, true],
    ['a frame inside the page may not', { isTopFrame: false }, false],
    ['a frame inside the page that loads the app may not', { isTopFrame: false, resourceType: 'mainFrame' }, false],
    ['a frame that is gone may not', { isTopFrame: undefined }, false],
    ['another window may not', { webContentsId: 8 }, false],
    ['a request of no window may not', { webContentsId: undefined }, false],
    ['a request that a foreign page started may not', { initiatorOrigin: 'https://evil.example' }, false],
    ['a request that a page of no origin started may not', { initiatorOrigin: 'null' }, false],
    ['nothing remote is loaded', { url: 'https://fonts.example/a.woff2' }, false],
    ['no file is loaded', { url: 'file:///etc/passwd' }, false],
    ['no developer page is loaded', { url: 'devtools://devtools/bundled/x.html' }, false],
  ]; // prettier-ignore

  test.each(cases)('%s', (_name, change, allowed) => {
    expect(mayRequest({ ...page, ...change }, 7)).toBe(allowed);
  });

  test('no frame may without a window', () => {
    expect(mayRequest(page, undefined)).toBe(false);
    expect(mayRequest({ ...page, webContentsId: undefined }, undefined)).toBe(false);
  });
});

describe('where a request says it comes from', () => {
  const cases: readonly [string, string | null, string | null, boolean][] = [
    ['stint://app/v1/sessions', null, null, true],
    ['stint://app/v1/sessions', 'stint://app', 'same-origin', true],
    ['stint://app/', null, 'none', true],
    ['stint://app/v1/sessions', 'https://evil.example', null, false],
    ['stint://app/v1/sessions', 'null', null, false],
    ['stint://app/v1/sessions', 'stint://app.evil', null, false],
    ['stint://app/v1/sessions', null, 'cross-site', false],
    ['stint://app/v1/sessions', null, 'same-site', false],
    ['stint://other/v1/sessions', 'stint://app', 'same-origin', false],
  ];

  test.each(cases)('%s, Origin %s, Sec-Fetch-Site %s: %s', (url, origin, fetchSite, own) => {
    expect(isOwnRequest({ url, origin, fetchSite })).toBe(own);
  });
});

describe('links out of the app', () => {
  test('documentation the window links to opens in the browser', () => {
    expect(decideLink('https://docs.aws.amazon.com/IAM/latest/')).toEqual({
      kind: 'open',
      url: 'https://docs.aws.amazon.com/IAM/latest/',
    });
  });

  test.each([
    ['https://docs.aws.amazon.com.evil.example/', 'docs.aws.amazon.com.evil.example'],
    ['https://evil.example/?https://docs.aws.amazon.com/', 'evil.example'],
    ['https://evil.example/#docs.aws.amazon.com', 'evil.example'],
    ['https://DOCS.aws.amazon.com.EVIL.example', 'docs.aws.amazon.com.evil.example'],
  ])('%s is opened only after the user has seen the host', (address, host) => {
    expect(decideLink(address)).toMatchObject({ kind: 'confirm', host });
  });

  test.each([
    'http://docs.aws.amazon.com/',
    'https://docs.aws.amazon.com@evil.example/',
    'https://user:secret@docs.aws.amazon.com/',
    'https://docs.aws.amazon.com:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'ms-settings:',
    'stint://app/',
    'not an address',
    '',
  ])('%s is not opened at all', (address) => {
    expect(decideLink(address)).toEqual({ kind: 'refuse' });
  });
});

describe('permissions', () => {
  test('the window may write text to the clipboard', () => {
    expect(mayHave('clipboard-sanitized-write', 'stint://app')).toBe(true);
  });

  test.each([
    ['clipboard-read', 'stint://app'],
    ['media', 'stint://app'],
    ['notifications', 'stint://app'],
    ['openExternal', 'stint://app'],
    ['unknown', 'stint://app'],
    ['clipboard-sanitized-write', 'https://evil.example'],
    ['clipboard-sanitized-write', ''],
  ])('%s for %s is refused', (permission, origin) => {
    expect(mayHave(permission, origin)).toBe(false);
  });
});
