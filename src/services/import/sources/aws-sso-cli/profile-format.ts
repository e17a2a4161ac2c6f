/** What aws-sso-cli takes where the file has no `ProfileFormat` (docs/config.md). */
const usualFormat = '{{ AccountIdStr .AccountId }}:{{ .RoleName }}';

/**
 * The profile name that a `ProfileFormat` makes, or undefined for a Go template that uses more than names and ids in the
 * configuration file.
 */
export function profileNameOf(
  format: string | undefined,
  role: {
    readonly accountId: string;
    readonly accountName: string | undefined;
    readonly roleName: string;
    readonly instance: string;
  },
): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    'AccountIdStr .AccountId': role.accountId,
    '.AccountIdPad': role.accountId,
    '.AccountName': role.accountName,
    '.RoleName': role.roleName,
    '.SSO': role.instance,
  };
  const unknown: string[] = [];
  const name = (format ?? usualFormat).replaceAll(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, code: string) => {
    const value = Object.hasOwn(values, code) ? values[code] : undefined;
    if (value === undefined) unknown.push(code);
    return value ?? '';
  });
  return unknown.length === 0 ? name : undefined;
}
