import { describe, expect, it } from 'vitest';
import { agentAtOnce } from '../../../src/cli/commands/agent-at-once.ts';

describe('an agent that starts without the other commands', () => {
  it.each([
    ['agent', { background: false }],
    ['agent --background', { background: true }],
    ['agent --port 0', { background: false, port: 0 }],
    ['agent --background --port 4711', { background: true, port: 4711 }],
    ['agent --port 4711 --background', { background: true, port: 4711 }],
  ])('is that of `stint %s`', (words, expected) => {
    expect(agentAtOnce(words.split(' '))).toEqual(expected);
  });

  it.each([
    '',
    'start agent',
    'agent start',
    'agent --help',
    'agent --port',
    'agent --port=4711',
    'agent --port 70000',
    'agent --port x',
    'agent --port 1 2',
  ])('is not that of `stint %s`: the other commands know what it means', (words) => {
    expect(agentAtOnce(words.split(' '))).toBeUndefined();
  });
});
