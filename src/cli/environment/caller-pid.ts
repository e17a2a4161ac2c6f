/**
 * The process that runs this command. Undefined where it is outside of this container, as with
 * `docker exec`: its number is 0 then (pid_namespaces(7)).
 */
export function callerPid(ppid = process.ppid): string | undefined {
  return ppid === 0 ? undefined : String(ppid);
}
