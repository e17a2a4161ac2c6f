import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { computerForEachTest } from './computer.ts';

type Prompts = readonly { readonly promptId: string; readonly kind: string }[];

describe('open questions', () => {
  const computer = computerForEachTest();

  it('are listed, and answered by id if several are open', async () => {
    const anna = await computer.addUser('anna', { mfa: true });
    await computer.addUser('ben', { mfa: true });
    await computer.stint(['start', 'anna']);
    await computer.stint(['start', 'ben']);
    const listed = await computer.stint(['prompt', 'list']);
    expect(listed.stdout).toMatch(
      /^MFA code for anna\n {2}kind +mfa\n {2}session +anna\n(.+\n)* {2}answer +stint prompt answer /,
    );

    const [first] = await computer.json<Prompts>('prompt', 'list');
    expect((await computer.stint(['prompt', 'answer'], { input: '123456\n' })).code).toBe(2);
    const id = String(first?.promptId);
    expect((await computer.stint(['prompt', 'answer', id])).code).toBe(2);
    // Asked for late: a code is valid for a short time.
    const input = `${await computer.admin.mfaCode(String(anna.mfaSerial))}\n`;
    expect((await computer.stint(['prompt', 'answer', id], { input })).code).toBe(0);
    expect((await computer.stint(['prompt', 'answer', id], { input })).code).toBe(3);
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
    expect(await computer.json<Prompts>('prompt', 'list')).toHaveLength(1);
  });

  it('can be answered at a terminal for a start asked for elsewhere', async () => {
    const { mfaSerial } = await computer.addUser('anna', { mfa: true });
    await computer.stint(['start', 'anna']);
    const answered = await computer.atTerminal(
      ['prompt', 'answer'],
      [
        {
          after: 'MFA code for anna: ',
          type: async () => `${await computer.admin.mfaCode(String(mfaSerial))}\r`,
        },
      ],
    );
    expect(answered.code).toBe(0);
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
  });

  it('for an MFA code accept nothing else: the terminal asks again', async () => {
    const { mfaSerial } = await computer.addUser('anna', { mfa: true });
    const started = await computer.atTerminal(
      ['start', 'anna'],
      [
        { after: 'MFA code for anna: ', type: '12345\r' },
        {
          after: 'MFA code for anna: ',
          type: async () => `${await computer.admin.mfaCode(String(mfaSerial))}\r`,
        },
      ],
    );
    expect(started.code).toBe(0);
    expect(started.stdout).toContain('An MFA code has six digits.');
    expect(started.stdout).toContain('anna is active');
  });

  it('answered elsewhere disappear from the terminal, and the start continues there', async () => {
    const { mfaSerial } = await computer.addUser('anna', { mfa: true });
    const answerInTheWindow = async () => {
      const items = await computer.json<Prompts>('prompt', 'list');
      const answer = await computer.admin.mfaCode(String(mfaSerial));
      const path = `/v1/prompts/${String(items[0]?.promptId)}`;
      expect((await callOwner(computer.scratch, 'POST', path, { answer })).status).toBeLessThan(
        300,
      );
      return '';
    };
    const started = await computer.atTerminal(
      ['start', 'anna'],
      [{ after: 'MFA code for anna: ', type: answerInTheWindow }],
    );
    expect(started.code).toBe(0);
    expect(started.stdout).toContain('The question was answered elsewhere.');
    expect(started.stdout).toContain('anna is active');
  });

  it('about the vault come up at the terminal before work that needs it, again after a wrong answer', async () => {
    await computer.addUser('anna');
    await computer.stint(['agent', 'stop']);
    const started = await computer.atTerminal(
      ['start', 'anna'],
      [
        { after: 'Enter the passphrase of the vault: ', type: 'wrong horse battery staple\r' },
        { after: 'Enter the passphrase of the vault: ', type: 'correct horse battery staple\r' },
      ],
      { STINT_PASSPHRASE: '' },
    );
    expect(started.code).toBe(0);
    expect(started.stdout).toMatch(/wrong|does not open/i);
    expect(started.stdout).toContain('anna is active');
    expect(started.stdout).not.toContain('horse');
  });

  it('about an MFA program come up once, before it first runs', async () => {
    const { mfaSerial } = await computer.addUser('anna', { mfa: true });
    const code = await computer.admin.mfaCode(String(mfaSerial));
    await computer.stint([
      ...['session', 'edit', 'anna', '--mfa-command', JSON.stringify(['/bin/echo', code])],
    ]);
    const inPipe = await computer.stint(['start', 'anna']);
    expect(inPipe.code).toBe(4);
    expect(inPipe.stderr).toContain('May Stint run this program');
    expect((await computer.stint(['prompt', 'cancel'])).code).toBe(0);
  });
});
