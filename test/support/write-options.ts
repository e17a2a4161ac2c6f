import type { WriteOptions } from '../../src/services/delivery/delivery.ts';

export const withoutReplacing: WriteOptions = { replaceSection: false, supersedes: [] };
export const replacing: WriteOptions = { replaceSection: true, supersedes: [] };
