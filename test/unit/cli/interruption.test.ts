import { afterEach, describe, expect, it } from 'vitest';
import { followInterruption } from '../../../src/cli/interruption.ts';
import { scriptedShell } from './scripted-shell.ts';

describe('Ctrl-C', () => {
  // The tests' own process listens too, and would keep the command from ending.
  const others = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  afterEach(() => {
    process.removeAllListeners('SIGINT');
    for (const listener of others) process.on('SIGINT', listener);
  });

  it('ends a waiting command with 130 and says what continues, unless somebody else decides', () => {
    process.removeAllListeners('SIGINT');
    const shell = scriptedShell();
    const ended: number[] = [];
    const { continues, unfollow } = followInterruption(shell, (code) => void ended.push(code));
    continues('The start continues in the agent.');
    process.emit('SIGINT');
    expect(ended).toEqual([130]);
    expect(shell.words()).toBe('\nstint: Interrupted. The start continues in the agent.\n');
    const own = () => undefined;
    process.on('SIGINT', own);
    process.emit('SIGINT');
    expect(ended).toEqual([130]);
    process.off('SIGINT', own);
    unfollow();
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});
