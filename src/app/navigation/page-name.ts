/** The pages beside the list of sessions, by the first part of their path. */
export const otherPages = [
  'integrations',
  'profiles',
  'import',
  'machine',
  'history',
  'settings',
] as const;

export type OtherPage = (typeof otherPages)[number];
export type PageName = 'sessions' | OtherPage;
