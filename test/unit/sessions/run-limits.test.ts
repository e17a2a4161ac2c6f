import { describe, expect, it } from 'vitest';
import { endOfRun, limitsAtStart } from '../../../src/services/sessions/run-limits.ts';

const none = { defaultMaxSessionSeconds: undefined, defaultIdleSeconds: undefined };
const settings = { defaultMaxSessionSeconds: 7200, defaultIdleSeconds: 900 };

describe('the limits of a run that begins', () => {
  it('are none where neither the session nor the settings have any', () => {
    expect(limitsAtStart({}, none, 'endpoint-only')).toStrictEqual({});
    expect(limitsAtStart({ limits: {} }, none, 'credentials-file')).toStrictEqual({});
  });

  it('are those of the session, all of them', () => {
    const limits = { maxSessionSeconds: 3600, maxLeases: 2, idleSeconds: 60 };
    expect(limitsAtStart({ limits }, none, 'endpoint-only')).toStrictEqual(limits);
    expect(limitsAtStart({ limits }, settings, 'endpoint-only')).toStrictEqual(limits);
  });

  it('are those of the settings for what the session does not limit', () => {
    expect(limitsAtStart({}, settings, 'endpoint-only')).toStrictEqual({
      maxSessionSeconds: 7200,
      idleSeconds: 900,
    });
    expect(
      limitsAtStart({ limits: { maxLeases: 2, idleSeconds: 60 } }, settings, 'endpoint-only'),
    ).toStrictEqual({ maxLeases: 2, maxSessionSeconds: 7200, idleSeconds: 60 });
  });

  it.each(['credentials-file', 'azure-cli'])(
    'have no idle limit of the settings with delivery %s, whose readers Stint cannot see',
    (delivery) => {
      expect(limitsAtStart({}, settings, delivery)).toStrictEqual({ maxSessionSeconds: 7200 });
    },
  );

  it.each(['endpoint-only', 'credential-process'])(
    'have the idle limit of the settings with delivery %s',
    (delivery) => {
      expect(limitsAtStart({}, settings, delivery)).toHaveProperty('idleSeconds', 900);
    },
  );
});

describe('the end of a run by force', () => {
  const startedAt = Date.parse('2026-11-20T12:00:00.000Z');
  const after = (seconds: number) => startedAt + seconds * 1000;
  const instant = (seconds: number) => new Date(after(seconds)).toISOString();

  it('is unknown without a maximum duration and a validity', () => {
    expect(endOfRun(startedAt, {}, undefined)).toBeUndefined();
    expect(endOfRun(startedAt, { idleSeconds: 60, maxLeases: 1 }, undefined)).toBeUndefined();
  });

  it('is its start and the maximum duration', () => {
    expect(endOfRun(startedAt, { maxSessionSeconds: 3600 }, undefined)).toBe(after(3600));
  });

  it('is the end of its validity', () => {
    expect(endOfRun(startedAt, {}, instant(60))).toBe(after(60));
  });

  it.each([
    [60, 3600, 60],
    [3600, 60, 60],
  ])(
    'is the earlier of both: valid for %d s, at most %d s, so after %d s',
    (valid, most, expected) => {
      expect(endOfRun(startedAt, { maxSessionSeconds: most }, instant(valid))).toBe(
        after(expected),
      );
    },
  );
});
