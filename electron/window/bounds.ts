import * as z from 'zod';

/** A rectangle on the desktop, in device-independent pixels. */
export const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
});
export type Bounds = z.infer<typeof boundsSchema>;

export const smallest = { width: 720, height: 480 } as const;
const usual = { width: 1180, height: 760 } as const;

/** How much of the window has to be on one display so that its title bar can be reached. */
const reachable = { width: 120, height: 60 } as const;

/** Where the window opens; without x and y the runtime centres it. */
export interface OpeningBounds {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
}

/**
 * The saved bounds if a display still shows them, else the default size; never larger than the display.
 * `workAreas`: the displays without their panels, the primary one first.
 */
export function openingBounds(
  saved: Bounds | undefined,
  workAreas: readonly Bounds[],
): OpeningBounds {
  const home = saved === undefined ? undefined : workAreas.find((area) => isInReach(saved, area));
  if (saved !== undefined && home !== undefined) {
    return {
      // Made narrower where it is, it could be out of reach.
      x: saved.width > home.width ? home.x : saved.x,
      y: saved.y,
      width: Math.max(smallest.width, Math.min(saved.width, home.width)),
      height: Math.max(smallest.height, Math.min(saved.height, home.height)),
    };
  }
  const area = workAreas[0] ?? usual;
  return {
    width: Math.max(smallest.width, Math.min(usual.width, area.width)),
    height: Math.max(smallest.height, Math.min(usual.height, area.height)),
  };
}

function isInReach(bounds: Bounds, area: Bounds): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const top = bounds.y;
  const height = area.y + area.height - top;
  return width >= reachable.width && top >= area.y && height >= reachable.height;
}
