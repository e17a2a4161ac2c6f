import fc from 'fast-check';

/** Blanks that Python, JavaScript or both strip from the ends of a line. */
const blank = fc.constantFrom(
  '',
  '',
  '',
  '',
  ' ',
  '  ',
  '\t',
  '\u00a0',
  '\u3000',
  '\u2003',
  '\u0085',
  '\ufeff',
);

const header = fc.constantFrom(
  '[default]',
  '[profile default]',
  '[profile  "default"]',
  '[ default ]',
  '[profile a]',
  "[profile 'b c']",
  '[a]',
  '[p3]',
  '[ p3 ]',
  '[DEFAULT]',
  '[sso-session s]',
  '[services s]',
  '[profile a] # note',
  '[default] /* note */',
  '[p3];note',
  '[stint-payments]',
  '[profile stint-payments]',
);

const setting = fc.constantFrom(
  'output = json',
  'output=text # not a comment to botocore',
  'ca_bundle = /etc/ssl/corp.pem',
  'retry_mode: standard',
  'region = eu-west-1',
  's3 =',
  'max_concurrent_requests = 20',
  'aws_access_key_id = AKIAEXAMPLE',
  'role_arn = arn:aws:iam::123456789012:role/x',
  'source_profile = a',
  'credential_process = /bin/x',
  'cli_pager =',
  'x = \u00fc\u3000y',
  'k: v = w',
);

const line = fc.oneof(
  { weight: 3, arbitrary: header },
  { weight: 8, arbitrary: setting },
  { weight: 2, arbitrary: fc.constantFrom('', '# comment', '; comment', ' #x') },
  { weight: 1, arbitrary: fc.constantFrom('stray', '[open', '= nothing') },
);

/** An AWS file as people and tools leave them, in latin1 (one character a byte). */
export const randomAwsFile = fc
  .record({
    first: header,
    indent: fc.constantFrom('', '', '', '  ', '\t', '\u00a0'),
    lines: fc.array(fc.tuple(blank, line, blank), { maxLength: 14 }),
    end: fc.constantFrom('\n', '\n', '\r\n'),
    isOpen: fc.boolean(),
  })
  .map(({ first, indent, lines, end, isOpen }) => {
    const all = [first, ...lines.map(([before, text, after]) => indent + before + text + after)];
    return Buffer.from(all.join(end) + (isOpen ? '' : end), 'utf8').toString('latin1');
  });
