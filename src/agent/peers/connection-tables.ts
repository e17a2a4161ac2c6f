import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';

/** One end of a TCP connection; an IPv4 address. */
export interface End {
  readonly address: string;
  readonly port: number;
}

/** The tables of all TCP connections of this machine. */
export function readConnectionTables(): readonly string[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => {
    try {
      return readFileSync(file, 'latin1');
    } catch {
      // A kernel without IPv6 has no second table.
      return '';
    }
  });
}

/** Linux's `TCP_ESTABLISHED` (include/net/tcp_states.h), as the tables print it. */
const established = '01';

/**
 * The users whose processes hold the other ends of the connections to `local`, within this machine, by
 * those ends: each has its own row, with the addresses the other way round (Linux kernel
 * documentation, networking/proc_net_tcp). Only established connections count: the kernel prints user
 * 0 for one whose process has closed it, so that another user would pass as root; an inode of 0 means
 * the same. All are read in one pass, since a flood of connections makes the tables long.
 */
export function peerUids(tables: readonly string[], local: End): (peer: End) => number | undefined {
  const ours = [hexIpv4, hexMappedIpv4].map(
    (hex) => `${hex(local.address)}:${hexPort(local.port)}`,
  );
  // After the state: queues, timer, retransmits, uid, timeout, inode.
  const row = new RegExp(
    ` ([0-9A-F]+:[0-9A-F]{4}) (?:${ours.join('|')}) ${established} \\S+ \\S+ \\S+ +(\\d+) +\\d+ +(\\d+) `,
    'g',
  );
  const uids = new Map<string, number>();
  for (const table of tables) {
    for (const [, peer = '', uid, inode] of table.matchAll(row)) {
      if (inode !== '0') uids.set(peer, Number(uid));
    }
  }
  return ({ address, port }) => {
    const [plain = '', mapped = ''] = [hexIpv4, hexMappedIpv4].map(
      (hex) => `${hex(address)}:${hexPort(port)}`,
    );
    return uids.get(plain) ?? uids.get(mapped);
  };
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** The kernel prints an address as one number in the machine's own byte order. */
function hexIpv4(address: string): string {
  const bytes = address.split('.').map(Number);
  return word(endianness() === 'LE' ? bytes.toReversed() : bytes);
}

/** `::ffff:a.b.c.d`: an IPv6 socket that connected to an IPv4 address. */
function hexMappedIpv4(address: string): string {
  const prefix = word(endianness() === 'LE' ? [0xff, 0xff, 0, 0] : [0, 0, 0xff, 0xff]);
  return `${'0'.repeat(16)}${prefix}${hexIpv4(address)}`;
}

function word(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}
