import { expect, it } from 'vitest';
import { settingsPatchSchema, settingsSchema } from '../../../src/models/settings.ts';

const names = Object.keys(settingsSchema.shape);

it('every setting can be patched, and nothing else', () => {
  expect(Object.keys(settingsPatchSchema.shape)).toEqual(names);
  expect(settingsPatchSchema.safeParse({ unheardOf: 1 }).success).toBe(false);
});

it('null removes the settings that may be missing, and no other', () => {
  const removable = names.filter((name) => settingsPatchSchema.safeParse({ [name]: null }).success);
  const locations = { awsCredentialsFile: 'a', awsConfigFile: 'b', azureConfigDir: 'c' };
  const always = Object.keys(settingsSchema.parse(locations));
  expect(removable).toEqual(names.filter((name) => !always.includes(name)));
});

it('a patch brings no defaults', () => {
  expect(settingsPatchSchema.parse({})).toEqual({});
});
