import { expect, it } from 'vitest';
import {
  credentials,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const own = '# mine\n[personal]\naws_access_key_id = AKIAOWN\n';

/** AWS names no longest size and asks not to assume one; 140,000 characters were tried on real tools. */
it.each([4096, 140_000])(
  'a session token of %i characters is written whole and removed',
  async (length) => {
    const scratch = await scratchDelivery();
    await scratch.write(own);
    const sessionToken = 'Aa0+/='.repeat(Math.ceil(length / 6)).slice(0, length);
    await scratch.delivery.write(
      target('dev'),
      { ...credentials(), sessionToken },
      withoutReplacing,
    );
    expect(await scratch.bytes()).toContain(`aws_session_token = ${sessionToken}\n`);
    expect(await scratch.delivery.remove(target('dev'))).toEqual([]);
    expect(await scratch.bytes()).toBe(own);
  },
);
