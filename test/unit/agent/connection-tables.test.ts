import { describe, expect, it } from 'vitest';
import { peerUids } from '../../../src/agent/peers/connection-tables.ts';

/** As a little-endian Linux prints it: this end listens on 4711 (1267), the peer has 54321 (D431). */
const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (ends: string, state: string, uid: number, inode = 140_385) =>
  `   0: ${ends} ${state} 00000000:00000000 00:00000000 00000000 ${String(uid).padStart(5)}        0 ${inode} 1 00000000d92b2ade 20 4 30 10 -1\n`;
const peers = '0100007F:D431 0100007F:1267';
const ours = '0100007F:1267 0100007F:D431';
const mapped = '0000000000000000FFFF00000100007F:D431 0000000000000000FFFF00000100007F:1267';
const ends = {
  local: { address: '127.0.0.1', port: 4711 },
  peer: { address: '127.0.0.1', port: 54_321 },
};

describe('the user of a connection’s other end', () => {
  it.each([
    [
      'is in the row with the addresses the other way round',
      [row(ours, '01', 7) + row(peers, '01', 1000), ''],
      1000,
    ],
    ['may have an IPv6 socket', [row(ours, '01', 7), row(mapped, '01', 1001)], 1001],
    ['is unknown without a row', [row(ours, '01', 7), ''], undefined],
    [
      'is unknown once closed, when the kernel prints root',
      [row(peers, '05', 0, 0), ''],
      undefined,
    ],
    ['is unknown where no process holds it', [row(peers, '01', 0, 0), ''], undefined],
    [
      'is not that of another port',
      [row('0100007F:D432 0100007F:1267', '01', 1000), ''],
      undefined,
    ],
    [
      'is not that of a connection to another port',
      [row('0100007F:D431 0100007F:1268', '01', 1000), ''],
      undefined,
    ],
    ['is unknown where the tables cannot be read', ['', ''], undefined],
  ])('%s', (_what, tables, uid) => {
    const uidOf = peerUids(
      tables.map((table) => header + table),
      ends.local,
    );
    expect(uidOf(ends.peer)).toBe(uid);
  });
});
