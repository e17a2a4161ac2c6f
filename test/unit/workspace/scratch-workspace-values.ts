import { randomUUID } from 'node:crypto';
import { usualEnvironmentRules } from '../../../src/models/environment-rules.ts';
import type { AwsIamUserSession } from '../../../src/models/session.ts';
import type { Settings } from '../../../src/models/settings.ts';

export const defaultSettings: Settings = {
  defaultRegion: 'us-east-1',
  defaultLocation: 'eastus',
  defaultDelivery: 'credentials-file',
  profileNameTemplate: '{session}',
  environmentRules: [...usualEnvironmentRules],
  onQuit: 'stop-sessions',
  tokenKeyDays: 30,
  renewAfterExpiryHours: 12,
  maxExtendedSeconds: 604_800,
  limitWarningMinutes: 5,
  onLock: 'keep-sessions',
  onScreenLock: 'keep-sessions',
  openAtLogin: false,
  checkForUpdates: true,
  awsFileWrites: 'replace',
  consoleBrowser: 'default',
  awsCredentialsFile: '/from/environment/credentials',
  awsConfigFile: '/from/environment/config',
  azureConfigDir: '/from/environment/azure',
};

export function iamUser(fields: Partial<AwsIamUserSession> = {}): AwsIamUserSession {
  const sessionName = fields.sessionName ?? 'build';
  return {
    sessionId: randomUUID(),
    sessionName,
    type: 'awsIamUser',
    status: 'inactive',
    startDateTime: '',
    duration: 42_000,
    region: 'eu-west-1',
    profileName: sessionName,
    createdAt: '2026-01-02T03:04:05.000Z',
    revision: 1,
    ...fields,
  };
}
