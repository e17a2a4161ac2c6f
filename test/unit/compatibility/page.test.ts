import { describe, expect, it } from 'vitest';
import { compatibilityPage, type Row } from '../../../scripts/compatibility/page.ts';
import type { Asked } from '../../../scripts/compatibility/verdict.ts';

const yes: Asked = { accepted: 'all', words: '', namesTheWay: false };
const no = (words: string): Asked => ({
  accepted: 'none',
  words,
  namesTheWay: words.includes('stint start'),
});
const refused = no('Session deploy has ended (stopped). Start it again: stint start deploy');

const boto3: Row = {
  cloud: 'aws',
  client: { name: 'boto3', stays: true },
  version: '1.43.11',
  from: 'machine',
  outcomes: {
    'credentials-file': { fresh: yes, renewed: no('ExpiredToken'), stopped: no('ExpiredToken') },
    exec: { fresh: yes, renewed: yes, stopped: refused },
    'env --static': { fresh: yes, renewed: no('ExpiredToken'), stopped: yes },
  },
};
const s3cmd: Row = {
  cloud: 'aws',
  client: { name: 's3cmd', stays: false, reasons: { exec: 'Its own code.' } },
  version: '2.3.0',
  from: 'bookworm',
  outcomes: {
    exec: { fresh: no('a | b <c>') },
    env: { fresh: no('a | b <c>') },
    credential_process: { fresh: no('a | b <c>') },
  },
};
const az: Row = {
  cloud: 'azure',
  client: { name: 'Azure CLI', stays: false },
  version: '2.45.0',
  from: 'machine',
  outcomes: { 'azure-cli': { fresh: { ...no('no entry'), accepted: ['Storage', 'Graph'] } } },
};

const page = (rows: readonly Row[], missing: readonly string[] = []) =>
  compatibilityPage({ date: '2026-12-01', machine: 'Debian', stint: '0.1.0', rows, missing });
const lineOf = (text: string, start: string) =>
  text.split('\n').find((line) => line.startsWith(start));

describe('the compatibility page', () => {
  it('shows a client’s three answers for each delivery', () => {
    expect(lineOf(page([boto3]), '| boto3')).toBe(
      '| boto3 | 1.43.11 | this machine | yes · no (1) · refused | – | yes · yes · refused* | – | – | yes · no (2) · **still accepted** | – |',
    );
  });

  it('gives the rule of the delivery, of the client, or else what the client said', () => {
    const text = page([boto3, s3cmd]);
    expect(lineOf(text, '1. ')).toContain('Start it again, or use `exec`');
    expect(lineOf(text, '2. ')).toContain('Fixed keys end');
    expect(lineOf(text, '3. ')).toBe('3. Its own code.');
    expect(lineOf(text, '4. ')).toBe('4. It says: a \\| b &lt;c>');
    expect(lineOf(text, '| s3cmd')).toBe(
      '| s3cmd | 2.3.0 | Debian bookworm | – | – | no (3) | – | no (4) | – | no (4) |',
    );
  });

  it('names the resources that Azure gave a token for', () => {
    expect(lineOf(page([az]), '| Azure CLI')).toContain('| only Storage, Graph (1) | – | – |');
  });

  it('counts clients and versions, and names what was not found', () => {
    const text = page([boto3, { ...boto3, version: '1.26.27', from: 'bookworm' }, az], ['hugo']);
    expect(text).toContain('2 clients, 3 with their versions, on Debian');
    expect(text).toContain('- hugo');
  });
});
