/**
 * How the agent's memory is allocated where glibc does that (mallopt(3)); other systems ignore it.
 *
 * Blocks from 512 kB on go back to the system when they are freed. By itself glibc raises that limit to the largest block
 * that was freed, and then blocks of the size of a workspace leave holes that stay: 60 MB after a hundred starts.
 * With 128 kB a list of 5,000 sessions takes the agent a third more of the processor: its pages are new each time.
 * One arena for all threads, as the agent works in one: each other one keeps megabytes.
 */
export const allocator = {
  MALLOC_MMAP_THRESHOLD_: String(512 * 1024),
  MALLOC_ARENA_MAX: '1',
} as const;
