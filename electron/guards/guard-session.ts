import type { ShellSession } from '../runtime.ts';
import { mayHave, originOf } from './permission.ts';

/** Both of Electron's permission questions, asked and requested, and that for devices. */
export function guardPermissions(session: ShellSession): void {
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    mayHave(permission, originOf(origin)),
  );
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(mayHave(permission, originOf(details.requestingUrl)));
  });
  session.setDevicePermissionHandler(() => false);
}
