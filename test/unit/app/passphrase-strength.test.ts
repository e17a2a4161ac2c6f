import { describe, expect, it } from 'vitest';
import { passphraseStrength } from '../../../src/app/prompts/passphrase-strength.ts';

describe('the strength of a new passphrase', () => {
  it.each([
    ['', 'Too short'],
    ['kX9!vw2', 'Too short'],
    ['password', 'Weak'],
    ['P4ssw0rd123!', 'Weak'],
    ['aaaaaaaaaaaaaaaa', 'Weak'],
    ['abcdefgh12345678', 'Weak'],
    ['qwertyuiop', 'Weak'],
    ['121212121212', 'Weak'],
    ['horse battery horse battery', 'Weak'],
    ['Tr0ub4dor&3', 'Weak'],
    ['correct horse', 'Weak'],
    ['correct horse battery', 'Fair'],
    ['correct horse battery staple', 'Good'],
    ['kX9!vw2q', 'Good'],
    ['correct horse battery staple lamp', 'Strong'],
    ['kX9!vw2qLt#4', 'Strong'],
  ])('%s: %s', (passphrase, text) => {
    expect(passphraseStrength(passphrase).text).toBe(text);
  });

  it('says how much is missing, and what is stronger', () => {
    expect(passphraseStrength('kX9!vw2').hint).toBe('At least 1 more character.');
    expect(passphraseStrength('kX9!').hint).toBe('At least 4 more characters.');
    expect(passphraseStrength('password').hint).toContain('Four or more words');
    expect(passphraseStrength('correct horse battery staple').hint).toBeUndefined();
  });
});
