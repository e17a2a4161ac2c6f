/*
 * Run before what needs Node 24: an older one stops at the first line of TypeScript, with words that
 * help nobody. npm scripts run on the Node that npm's platform packages bring, where there is one.
 */
const needed = 24;
const { node } = process.versions;
if (Number.parseInt(node, 10) < needed) {
  console.error(
    `Stint needs Node ${needed} or later; this is Node ${node}. Install it and try again.`,
  );
  process.exit(1);
}
