import type { ShellSession } from '../runtime.ts';
import { mayHave, originOf } from './permission.ts';

/** Answers Electron's permission checks, permission requests and device requests. */
export function guardPermissions(session: ShellSession): void {
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    mayHave(permission, originOf(origin)),
  );
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(mayHave(permission, originOf(details.requestingUrl)));
  });
  session.setDevicePermissionHandler(() => false);
}
