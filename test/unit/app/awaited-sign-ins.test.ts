import { describe, expect, it } from 'vitest';
import { AwaitedSignIns } from '../../../src/app/integrations/awaited-sign-ins.ts';

const acme = (status: 'logged-out' | 'logging-in' | 'logged-in') => ({
  integrationId: 'acme',
  status,
});

describe('a sign-in that was asked for here', () => {
  it('has ended once the integration was signing in and no longer is', () => {
    const signIns = new AwaitedSignIns();
    signIns.ask(acme('logged-out'));
    expect(signIns.endsWith(acme('logged-out'))).toBe(false);
    expect(signIns.endsWith(acme('logging-in'))).toBe(false);
    expect(signIns.endsWith(acme('logged-out'))).toBe(true);
    expect(signIns.endsWith(acme('logged-out'))).toBe(false);
  });

  it('has ended when its begin and its end are learned at once', () => {
    const signIns = new AwaitedSignIns();
    signIns.ask(acme('logged-out'));
    expect(signIns.endsWith(acme('logged-in'))).toBe(true);
  });

  it('has not ended with the state before it, where the integration is signed in already', () => {
    const signIns = new AwaitedSignIns();
    signIns.ask(acme('logged-in'));
    expect(signIns.endsWith(acme('logged-in'))).toBe(false);
    expect(signIns.endsWith(acme('logging-in'))).toBe(false);
    expect(signIns.endsWith(acme('logged-in'))).toBe(true);
  });

  it('is reported once: after the answer or after the event, whichever comes first', () => {
    const signIns = new AwaitedSignIns();
    signIns.ask(acme('logged-out'));
    expect(signIns.endsWith(acme('logged-in'))).toBe(true);
    expect(signIns.forget('acme')).toBe(false);
    signIns.ask(acme('logged-out'));
    expect(signIns.forget('acme')).toBe(true);
    expect(signIns.endsWith(acme('logged-in'))).toBe(false);
  });
});

it('a sign-in that nobody asked for here is not reported', () => {
  const signIns = new AwaitedSignIns();
  expect(signIns.endsWith(acme('logging-in'))).toBe(false);
  expect(signIns.endsWith(acme('logged-in'))).toBe(false);
});
