import type { Type } from '@angular/core';
import type { IconName } from '../icons/icon.ts';
import type { OtherPage } from './page-name.ts';

export interface PageDescription {
  readonly name: OtherPage;
  readonly title: string;
  readonly icon: IconName;
  /** Loads the code of the page, which the first load of the window does without. */
  readonly load: () => Promise<Type<unknown>>;
}

/** In the order of the side bar. */
export const pages: readonly PageDescription[] = [
  {
    name: 'integrations',
    title: 'Integrations',
    icon: 'plug',
    load: async () => (await import('../integrations/integrations-page.ts')).IntegrationsPage,
  },
  {
    name: 'profiles',
    title: 'Profiles',
    icon: 'terminal',
    load: async () => (await import('../profiles/profiles-page.ts')).ProfilesPage,
  },
  {
    name: 'import',
    title: 'Import',
    icon: 'download',
    load: async () => (await import('../import/import-page.ts')).ImportPage,
  },
  {
    name: 'machine',
    title: 'On this machine',
    icon: 'machine',
    load: async () => (await import('../machine/machine-page.ts')).MachinePage,
  },
  {
    name: 'history',
    title: 'History',
    icon: 'history',
    load: async () => (await import('../history/history-page.ts')).HistoryPage,
  },
  {
    name: 'settings',
    title: 'Settings',
    icon: 'gear',
    load: async () => (await import('../settings/settings-page.ts')).SettingsPage,
  },
];
