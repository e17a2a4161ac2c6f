/**
 * How the agent's memory is allocated where glibc does that (mallopt(3)); other systems ignore it.
 *
 * Blocks from 128 kB on go back to the system when they are freed. By itself glibc raises that limit to the largest block
 * that was freed, and then blocks of the size of a vault or a workspace leave holes that stay: 60 MB after a hundred starts.
 * One arena for all threads, as the agent works in one: each other one keeps megabytes.
 */
export const allocator = {
  MALLOC_MMAP_THRESHOLD_: String(128 * 1024),
  MALLOC_ARENA_MAX: '1',
} as const;
