#!/usr/bin/env node
import { createRequire } from 'node:module';

/*
 * The command `stint`. Stint needs Node 24 or later. Under an older one it restarts with the Node that
 * is among its own packages, if there is one for this platform.
 */

const require = createRequire(import.meta.url);
const neededNode = 24;
const bundle = '../dist/stint.cjs';

if (Number.parseInt(process.versions.node, 10) >= neededNode) runHere();
else runOnBundledNode();

function runHere() {
  try {
    require(bundle);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' || !error.message.includes('stint.cjs')) throw error;
    fail('Stint is not built yet. Run: npm run build');
  }
}

function runOnBundledNode() {
  const node = bundledNode();
  if (node === undefined) {
    fail(`Stint needs Node ${neededNode} or later; this is Node ${process.versions.node}.`);
    return;
  }
  const { spawn } = require('node:child_process');
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  const forward = (signal) => {
    // A terminal sends Ctrl-C to both of us.
    const isFromTerminal = signal === 'SIGINT' || signal === 'SIGQUIT';
    if (!isFromTerminal || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => fail(`Stint cannot run Node ${neededNode}: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward);
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
}

/** The Node of the platform package among our own dependencies, or undefined. */
function bundledNode() {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  try {
    const { dirname, join } = require('node:path');
    const folder = dirname(require.resolve(`${name}/package.json`));
    return join(folder, 'bin', isWindows ? 'node.exe' : 'node');
  } catch {
    return undefined;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
