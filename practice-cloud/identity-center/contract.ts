import * as z from 'zod';

/** The bodies and answers of the admin routes of Identity Center. */

const accountId = z.string().regex(/^\d{12}$/, 'an account id has 12 digits');
/** IAM Identity Center API Reference "CreatePermissionSet". */
const roleName = z.string().regex(/^[\w+=,.@-]{1,32}$/, 'not the name of a permission set');
const whose = { startUrl: z.string(), userName: z.string() };

const newCenter = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,60}$/, 'small letters, digits and hyphens'),
  region: z.string().default('eu-west-1'),
  accessTokenSeconds: z.int().min(1).default(3600),
  refresh: z.boolean().default(true),
  /** Where it is said to be; an address of this practice cloud if omitted. */
  startUrl: z.string().optional(),
});

const newUser = z.strictObject({ ...whose, userName: z.string().regex(/^[\w+=,.@-]{2,64}$/) });

const assign = z.strictObject({
  ...whose,
  assignments: z.array(
    z.strictObject({
      accountId,
      /** AWS answers null for some accounts (https://github.com/aws/aws-cli/issues/4637). */
      accountName: z.string().nullable(),
      emailAddress: z.string().nullable(),
      roleName,
      sessionSeconds: z.int().min(3600).max(43_200).default(3600),
    }),
  ),
});

export const bodies = {
  newCenter,
  newUser,
  assign,
  unassign: z.strictObject({
    ...whose,
    assignments: z.array(z.strictObject({ accountId, roleName })),
  }),
  /** What ListAccountRoles answers for one account: an error, or nothing special again. */
  accountError: z.strictObject({
    startUrl: z.string(),
    accountId,
    error: z
      .enum(['InvalidRequestException', 'ForbiddenException', 'ResourceNotFoundException'])
      .nullable(),
  }),
  authorize: z.strictObject({ url: z.string(), userName: z.string() }),
  approveDevice: z.strictObject({ userCode: z.string(), userName: z.string() }),
  denyDevice: z.strictObject({ userCode: z.string() }),
  endSession: z.strictObject(whose),
};

export type NewIdentityCenter = Readonly<z.input<typeof newCenter>>;
export type SsoAssignments = Readonly<z.input<typeof assign>>;
export type SsoAccountError = Readonly<z.input<(typeof bodies)['accountError']>>;
export type SsoUnassignments = Readonly<z.input<(typeof bodies)['unassign']>>;
