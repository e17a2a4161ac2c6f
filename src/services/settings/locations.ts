import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import type { FieldErrorInput } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';

/** Settings that name a file or folder. */
const locationSettings = [
  'awsCredentialsFile',
  'awsConfigFile',
  'azureConfigDir',
  'caBundle',
] as const satisfies readonly (keyof Settings)[];

/** Those that deliveries write to. */
const deliverySettings = ['awsCredentialsFile', 'awsConfigFile', 'azureConfigDir'] as const;

/** The value of a setting with `~` and `$HOME` expanded, if it names a file or folder. */
export function expandLocation(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !isLocation(name)) return value;
  return expandPath(value, { HOME: homedir() }, homedir());
}

/** A relative path would count from the folder of the owner process, which nobody knows. */
export function locationErrors(settings: Readonly<Record<string, unknown>>): FieldErrorInput[] {
  return locationSettings
    .filter((name) => isRelative(name, settings[name]))
    .map((name) => ({
      field: name,
      message: 'must be an absolute path, or one that begins with ~ or $HOME',
    }));
}

export function isRelative(name: string, value: unknown): boolean {
  return typeof value === 'string' && isLocation(name) && !isAbsolute(value);
}

/** Whether credentials are delivered to other files from now on. */
export function movesDeliveries(before: Settings, after: Settings): boolean {
  return deliverySettings.some((name) => before[name] !== after[name]);
}

function isLocation(name: string): boolean {
  return locationSettings.some((one) => one === name);
}
