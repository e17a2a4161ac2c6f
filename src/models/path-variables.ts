/**
 * Environment variables that name a file or folder and count for the owner process. A relative one
 * means the folder of the command it was typed for, and the owner's own folder is another.
 */
export const pathVariables = [
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'STINT_HOME',
  'STINT_BROWSER',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'AZURE_CONFIG_DIR',
] as const;
