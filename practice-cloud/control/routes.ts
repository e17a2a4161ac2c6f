import { parseRoleArn, partitions } from '../identity/arn.ts';
import { entraRoutes } from '../entra/admin-routes.ts';
import { identityCenterRoutes } from '../identity-center/admin-routes.ts';
import { resourceManagerRoutes } from '../resource-manager/admin-routes.ts';
import { samlRoutes } from '../saml/admin-routes.ts';
import { AdminRefusal } from './admin-refusal.ts';
import { bodies } from './contract.ts';
import type {
  CreatedKey,
  CreatedMfaDevice,
  CreatedRole,
  CreatedUser,
  Overrides,
} from './contract.ts';
import { freshCode } from './fresh-code.ts';
import { route, type AdminRoute } from './route.ts';

/** Every admin route, by method and path. */
export const adminRoutes: Readonly<Record<string, AdminRoute>> = {
  'POST /_practice/users': route(bodies.createUser, (body, { directory }): CreatedUser => {
    const user = directory.createUser(body);
    const { accessKeyId, secretAccessKey } = directory.createAccessKey(user.arn, body.accessKey);
    const device = body.mfa ? directory.createMfaDevice(user.arn, body.userName) : undefined;
    return {
      arn: user.arn,
      userId: user.userId,
      accessKeyId,
      secretAccessKey,
      ...(device === undefined ? {} : { mfaSerial: device.serial, mfaSeed: device.seed }),
    };
  }),
  'DELETE /_practice/users': route(bodies.named, ({ arn }, { directory }) =>
    directory.deleteUser(arn),
  ),
  'POST /_practice/keys': route(bodies.createKey, ({ userArn }, { directory }): CreatedKey => {
    const { accessKeyId, secretAccessKey } = directory.createAccessKey(userArn);
    return { accessKeyId, secretAccessKey };
  }),
  'POST /_practice/keys/list': route(bodies.createKey, ({ userArn }, { directory }) => ({
    keys: directory.keysOf(userArn).map(({ accessKeyId, status }) => ({ accessKeyId, status })),
  })),
  'PATCH /_practice/keys': route(bodies.keyStatus, ({ accessKeyId, status }, { directory }) =>
    directory.setAccessKeyStatus(accessKeyId, status),
  ),
  'DELETE /_practice/keys': route(bodies.accessKey, ({ accessKeyId }, { directory }) =>
    directory.deleteAccessKey(accessKeyId),
  ),
  'POST /_practice/mfa': route(
    bodies.createMfaDevice,
    ({ userArn, name }, { directory }): CreatedMfaDevice => {
      const { serial, seed } = directory.createMfaDevice(userArn, name);
      return { serial, seed };
    },
  ),
  'DELETE /_practice/mfa': route(bodies.serial, ({ serial }, { directory }) =>
    directory.deleteMfaDevice(serial),
  ),
  'POST /_practice/mfa/code': route(bodies.serial, async ({ serial }, state, signal) => {
    const device = state.directory.mfaDevice(serial);
    if (device === undefined) throw new AdminRefusal(`There is no MFA device ${serial}.`);
    return { code: await freshCode(device, state, signal) };
  }),
  'POST /_practice/roles': route(bodies.createRole, (body, { directory }): CreatedRole => {
    const { roleArn, maxSessionSeconds, ...trust } = body;
    const partition = partitions.find((known) => known === parseRoleArn(roleArn)?.partition);
    if (partition === undefined) throw new AdminRefusal(`${roleArn} is in no known partition.`);
    const role = directory.createRole({ arn: roleArn, partition, maxSessionSeconds, trust });
    return { arn: role.arn, roleId: role.roleId };
  }),
  'DELETE /_practice/roles': route(bodies.named, ({ arn }, { directory }) =>
    directory.deleteRole(arn),
  ),
  ...identityCenterRoutes,
  ...samlRoutes,
  ...entraRoutes,
  ...resourceManagerRoutes,
  'GET /_practice/overrides': (_, { overrides }): Overrides => overrides.current,
  'PATCH /_practice/overrides': route(bodies.overrides, (change, { overrides }): Overrides =>
    overrides.turn(change as Partial<Overrides>),
  ),
  'DELETE /_practice/overrides': (_, { overrides }): Overrides => overrides.reset(),
  'GET /_practice/calls': (_, { calls }) => ({ calls: calls.all }),
  'DELETE /_practice/calls': (_, { calls }) => calls.clear(),
};
