import { expect, it } from 'vitest';
import { usesOf } from '../../../src/app/session-detail/uses.ts';

type Session = Parameters<typeof usesOf>[0];

const azure = {
  type: 'azure',
  status: 'active',
  subscriptionId: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
} as Session;
const aws = { type: 'awsIamUser', status: 'inactive', profileName: "anna's" } as Session;

it.each([
  [azure, 'azure-cli', 'Azure CLI exec env PowerShell Stint'],
  [azure, 'endpoint-only', 'exec env PowerShell Stint'],
  [aws, 'credentials-file', 'AWS CLI Shell PowerShell exec env Stint'],
  [aws, 'endpoint-only', 'exec env PowerShell Stint'],
] as const)('%j by %s is used through %s', (session, delivery, titles) => {
  expect(
    usesOf(session, 'x', delivery)
      .map(({ title }) => title)
      .join(' '),
  ).toBe(titles);
});

it('quotes session and profile names for the shell', () => {
  const commands = (session: Session, name: string, delivery: 'azure-cli' | 'credentials-file') =>
    usesOf(session, name, delivery).map(({ command }) => command);
  expect(commands(azure, "it's $HOME", 'azure-cli')).toEqual([
    'az account show --subscription 4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
    String.raw`stint exec 'it'\''s $HOME' -- az account show`,
    String.raw`eval "$(stint env 'it'\''s $HOME')"`,
    "stint env 'it''s $HOME' --shell powershell | Out-String | Invoke-Expression",
    String.raw`stint stop 'it'\''s $HOME'`,
  ]);
  expect(commands(aws, 'anna', 'credentials-file').slice(0, 3)).toEqual([
    String.raw`aws sts get-caller-identity --profile 'anna'\''s'`,
    String.raw`export AWS_PROFILE='anna'\''s'`,
    "$env:AWS_PROFILE = 'anna''s'",
  ]);
});
