import { expect, it } from 'vitest';
import { notRunSentences } from '../../../scripts/test/optional-programs.ts';
import { missingSentences, prerequisites } from '../../../scripts/test/prerequisites.ts';

/** As on a machine that has nothing yet. */
const nothing = prerequisites.map((one) => ({ ...one, there: () => false }));

it('npm test names what is missing on Debian, and the package of it', () => {
  expect(missingSentences('linux', nothing)).toEqual([
    'dbus-run-session is missing: sudo apt-get install dbus',
    'gnome-keyring-daemon (a real Secret Service) is missing: sudo apt-get install gnome-keyring',
    'libsecret-1.so.0 is missing: sudo apt-get install libsecret-1-0',
    'Chromium, Chrome or Edge is missing: sudo apt-get install chromium',
    'Xvfb (a display) is missing: sudo apt-get install xvfb',
    'zsh is missing: sudo apt-get install zsh',
    'fish is missing: sudo apt-get install fish',
    'tcsh is missing: sudo apt-get install tcsh',
    'openssl is missing: sudo apt-get install openssl',
    'aws (the AWS CLI) is missing: sudo apt-get install awscli',
    'curl is missing: sudo apt-get install curl',
    'requests for Python is missing: sudo apt-get install python3-requests',
    'az (the Azure CLI) is missing: sudo apt-get install azure-cli',
  ]);
});

it('npm test asks for no Secret Service, display or Debian package on macOS and Windows', () => {
  expect(missingSentences('darwin', nothing)).toEqual([
    'Chromium, Chrome or Edge is missing: brew install --cask chromium',
    'fish is missing: brew install fish',
    'openssl is missing: brew install openssl',
    'aws (the AWS CLI) is missing: brew install awscli',
    'requests for Python is missing: python3 -m pip install requests',
    'az (the Azure CLI) is missing: brew install azure-cli',
  ]);
  expect(missingSentences('win32', nothing)).toEqual([
    'Chromium, Chrome or Edge is missing: winget install Google.Chrome',
    'openssl is missing: winget install ShiningLight.OpenSSL.Light',
    'aws (the AWS CLI) is missing: winget install Amazon.AWSCLI',
    'requests for Python is missing: python3 -m pip install requests',
    'az (the Azure CLI) is missing: winget install Microsoft.AzureCLI',
  ]);
});

it('npm test asks for nothing that is there', () => {
  const there = prerequisites.map((one) => ({ ...one, there: () => true }));
  expect(missingSentences('linux', there)).toEqual([]);
});

it('npm test names the tests that it cannot run without a program', () => {
  const program = { what: 'An IdP', packages: ['idp', 'php'], tests: 'test/idp.test.ts' };
  const sentence = 'not run: test/idp.test.ts, which needs An IdP (Debian: idp, php)';
  expect(notRunSentences([{ ...program, there: () => false }])).toEqual([sentence]);
  expect(notRunSentences([{ ...program, there: () => true }])).toEqual([]);
  const install = 'pip install idp';
  expect(notRunSentences([{ ...program, packages: [], install, there: () => false }])).toEqual([
    'not run: test/idp.test.ts, which needs An IdP (pip install idp)',
  ]);
});
