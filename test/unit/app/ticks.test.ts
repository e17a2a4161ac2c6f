import { computed } from '@angular/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Ticks } from '../../../src/app/time/ticks.ts';

const tens = (text: string) => Date.parse(`2026-05-04T12:00:${text}Z`);

beforeEach(() => {
  vi.useFakeTimers({ now: tens('03') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a clock ticks at the multiples of its length while it is read, and not without a reader', () => {
  const clock = new Ticks(10_000, () => true);
  const shown = computed(() => clock.read());
  expect(vi.getTimerCount()).toBe(0);
  expect(shown()).toBe(tens('00'));
  vi.advanceTimersByTime(6_999);
  expect(shown()).toBe(tens('00'));
  vi.advanceTimersByTime(1);
  expect(vi.getTimerCount()).toBe(0);
  expect(shown()).toBe(tens('10'));
  expect(vi.getTimerCount()).toBe(1);
});

it('a clock has no timer while nobody sees the page, and says the time again afterwards', () => {
  let isSeen = true;
  const clock = new Ticks(1000, () => isSeen);
  const shown = computed(() => clock.read());
  expect(shown()).toBe(tens('03'));
  isSeen = false;
  clock.stop();
  vi.advanceTimersByTime(40_000);
  expect(shown()).toBe(tens('03'));
  expect(vi.getTimerCount()).toBe(0);
  isSeen = true;
  clock.renew();
  expect(shown()).toBe(tens('43'));
});
