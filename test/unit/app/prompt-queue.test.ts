import { expect, it } from 'vitest';
import { isRefusal, nextQueue, windowTitle } from '../../../src/app/prompts/prompt-queue.ts';

type Prompt = Parameters<typeof isRefusal>[0];

const mfa = (promptId: string, sessionId: string, text = `MFA code for ${sessionId}`): Prompt => ({
  promptId,
  sessionId,
  kind: 'mfa',
  text,
  expiresAt: '2026-12-01T12:00:00.000Z',
});
const login: Prompt = { ...mfa('login', 'acme'), kind: 'login' };
const always = () => true;
const never = () => false;
const keys = (queue: ReturnType<typeof nextQueue>) => queue.map(({ key }) => key);

it('questions queue in the order they are asked', () => {
  const queue = nextQueue([], [mfa('1', 'anna'), login], always);
  expect(keys(nextQueue(queue, [mfa('1', 'anna'), login, mfa('2', 'ben')], always))).toEqual([
    '1',
    'login',
    '2',
  ]);
});

it('a question whose code was refused stays in its position with its session', () => {
  const queue = nextQueue([], [mfa('1', 'anna'), mfa('2', 'ben')], always);
  const answered = nextQueue(queue, [mfa('2', 'ben')], always);
  expect(answered.map(({ key, checking }) => [key, checking])).toEqual([
    ['1', true],
    ['2', false],
  ]);
  const again = nextQueue(
    answered,
    [mfa('2', 'ben'), mfa('3', 'anna', 'AWS refused that MFA code for anna.')],
    always,
  );
  expect(again.map(({ key, prompt, checking }) => [key, prompt.promptId, checking])).toEqual([
    ['1', '3', false],
    ['2', '2', false],
  ]);
  expect(again.map(({ prompt }) => isRefusal(prompt))).toEqual([true, false]);
});

it('a question leaves once what it is for no longer waits', () => {
  const queue = nextQueue([], [mfa('1', 'anna'), login], always);
  expect(keys(nextQueue(queue, [], never))).toEqual([]);
  expect(keys(nextQueue(queue, [], always))).toEqual(['1']);
});

it('the question of another session is never taken for one that is asked again', () => {
  const queue = nextQueue([], [mfa('1', 'anna')], always);
  expect(keys(nextQueue(queue, [mfa('2', 'ben')], never))).toEqual(['2']);
});

it('the title of the window says how many questions wait', () => {
  expect(windowTitle([])).toBe('Stint');
  expect(windowTitle(['MFA code for anna', 'Sign in to acme'])).toBe(
    '(2) MFA code for anna — Stint',
  );
});
