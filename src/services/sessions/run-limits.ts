import type { Limits, SessionFields } from '../../models/session-fields.ts';
import type { Settings } from '../../models/settings.ts';
import { seesReaders } from './unseen-readers.ts';

export type LimitSettings = Pick<Settings, 'defaultMaxSessionSeconds' | 'defaultIdleSeconds'>;

/**
 * The limits of a run that begins: those of the session, else of the settings. The idle limit of the
 * settings is for deliveries that can have one; `delivery`: that of the run.
 */
export function limitsAtStart(
  { limits = {} }: Pick<SessionFields, 'limits'>,
  { defaultMaxSessionSeconds, defaultIdleSeconds }: LimitSettings,
  delivery: string,
): Limits {
  const maxSessionSeconds = limits.maxSessionSeconds ?? defaultMaxSessionSeconds;
  const idleDefault = seesReaders(delivery) ? defaultIdleSeconds : undefined;
  const idleSeconds = limits.idleSeconds ?? idleDefault;
  return {
    ...limits,
    ...(maxSessionSeconds === undefined ? {} : { maxSessionSeconds }),
    ...(idleSeconds === undefined ? {} : { idleSeconds }),
  };
}

/** When a run ends by force, in milliseconds since the epoch; undefined without such a limit. */
export function endOfRun(
  startedAt: number,
  { maxSessionSeconds }: Limits,
  validUntil: string | undefined,
): number | undefined {
  const ends = [
    maxSessionSeconds === undefined ? undefined : startedAt + maxSessionSeconds * 1000,
    validUntil === undefined ? undefined : Date.parse(validUntil),
  ].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}
