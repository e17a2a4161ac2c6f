import { describe, expect, it } from 'vitest';
import {
  isAbout,
  isOwners,
  settingCommand,
  settingSections,
  type SettingRow,
} from '../../../src/app/settings/setting-rows.ts';
import { settingText, settingValue } from '../../../src/app/settings/setting-value.ts';
import { settingsSchema } from '../../../src/models/settings.ts';

const rows: readonly SettingRow[] = Object.values(settingSections).flatMap(
  (section): readonly SettingRow[] => section.rows,
);
const row = (name: string): SettingRow => {
  const found = rows.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no row for ${name}`);
  return found;
};

it('every setting is on the page, once', () => {
  const names = rows.map(({ name }): string => name);
  expect([...names, 'environmentRules'].toSorted()).toEqual(
    Object.keys(settingsSchema.shape).toSorted(),
  );
});

it('only a setting that may be missing can be emptied', () => {
  const optional = Object.entries(settingsSchema.shape)
    .filter(([, schema]) => schema.safeParse(undefined).data === undefined)
    .filter(([, schema]) => schema.safeParse(undefined).success)
    .map(([name]) => name);
  // A switch is on or off, and never empty.
  const isTyped = ({ control }: (typeof rows)[number]) => control !== 'switch';
  const emptied = rows.filter((one) => isTyped(one) && one.unset !== undefined);
  const missing = rows.filter((one) => isTyped(one) && optional.includes(one.name));
  expect(emptied.map(({ name }) => name)).toEqual(missing.map(({ name }) => name));
  expect(missing.length).toBeGreaterThan(10);
});

describe('a value', () => {
  it.each([
    ['defaultMaxSessionSeconds', '8 h', 28_800],
    ['defaultMaxSessionSeconds', '', null],
    ['limitWarningMinutes', '10 min', 10],
    ['limitWarningMinutes', '0', 0],
    ['renewAfterExpiryHours', '1 d', 24],
    ['tokenKeyDays', '14 d', 14],
    ['awsUseFipsEndpoint', 'true', true],
    ['defaultRegion', ' eu-west-1 ', 'eu-west-1'],
  ])('%s typed as %j is %j', (name, text, value) => {
    expect(settingValue(row(name), text)).toEqual({ value });
  });

  it.each([
    ['limitWarningMinutes', '90 s', 'Enter a duration with its unit, such as 10 min or 1 h.'],
    ['tokenKeyDays', '30', 'Enter a duration with its unit, such as 30 d.'],
    ['tokenKeyDays', '400 d', 'Sign tokens with a new key every must be at most 365.'],
    ['defaultRegion', '', 'Enter a value for Default region.'],
    ['httpsProxy', 'proxy', /^HTTPS proxy must/],
    ['profileNameTemplate', 'same', /^Profile names must have placeholders/],
  ])('%s typed as %j is not saved', (name, text, error) => {
    const meant = settingValue(row(name), text);
    expect('error' in meant ? meant.error : '').toMatch(error);
  });

  it.each([
    ['defaultMaxSessionSeconds', 28_800, '8 h'],
    ['tokenKeyDays', 30, '30 d'],
    ['limitWarningMinutes', 0, '0'],
    ['caBundle', undefined, ''],
  ])('%s of %j is shown as %j', (name, value, text) => {
    expect(settingText(row(name), value)).toBe(text);
    if (value !== undefined) expect(settingValue(row(name), text)).toEqual({ value });
  });
});

it('what only the owner changes is shown with its command', () => {
  expect(isOwners('awsCredentialsFile')).toBe(true);
  expect(isOwners('defaultRegion')).toBe(false);
  expect(settingCommand(row('awsCredentialsFile'))).toBe(
    'stint settings set aws-credentials-file VALUE',
  );
});

it('a row is found by its label, hint or the name that the command uses', () => {
  expect(isAbout(row('caBundle'), 'PEM')).toBe(true);
  expect(isAbout(row('caBundle'), 'ca bundle')).toBe(true);
  expect(isAbout(row('caBundle'), 'region')).toBe(false);
});
