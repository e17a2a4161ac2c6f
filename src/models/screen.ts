import * as z from 'zod';

const path = z
  .string()
  .max(256)
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  .regex(/^\/[^\u0000-\u001f\u007f]*$/, 'must be an absolute path');

/**
 * The variables by which programs on Linux find a person's screen. X(7), "Display names";
 * wl_display_connect(3); D-Bus Specification, "Server Addresses".
 */
export const screenSchema = z
  .strictObject({
    DISPLAY: z
      .string()
      .max(256)
      .regex(/^[\w.-]*(\/unix)?:\d+(\.\d+)?$/, 'must be a display, such as :0')
      .optional(),
    WAYLAND_DISPLAY: z.union([path, z.string().regex(/^[\w.-]{1,108}$/)]).optional(),
    XAUTHORITY: path.optional(),
    XDG_RUNTIME_DIR: path.optional(),
    DBUS_SESSION_BUS_ADDRESS: z
      .string()
      .max(512)
      .regex(/^unix:[\w=,.:;%/+@-]+$/, 'must be an address of this machine')
      .optional(),
  })
  .refine(({ DISPLAY, WAYLAND_DISPLAY }) => DISPLAY ?? WAYLAND_DISPLAY, {
    error: 'must have a DISPLAY or a WAYLAND_DISPLAY',
  });
export type Screen = z.infer<typeof screenSchema>;

export const screenVariables = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
] as const;
