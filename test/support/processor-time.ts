/**
 * How long this process computes for `work`, in milliseconds of processor time: on a busy machine it waits
 * for its turn, which says nothing about the work.
 */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
