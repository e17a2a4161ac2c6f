// Loaded into the agent with --require. Counts every write, fsync, rename and removal below the
// scratch folder, and stops the whole process at the chosen one, so that the test can kill
// it exactly there; or lets each of them fail from the chosen one on, as a full or a read-only disk
// does. The product knows nothing of it.
const fs = require('node:fs');
const path = require('node:path');
const sqlite = require('node:sqlite');

const folder = process.env.STINT_FAULT_FOLDER;
const control = path.join(folder, 'fault');
const real = {
  readFileSync: fs.readFileSync,
  writeFileSync: fs.writeFileSync,
  appendFileSync: fs.appendFileSync,
  existsSync: fs.existsSync,
  writeSync: fs.writeSync,
  readlinkSync: fs.readlinkSync,
};

let count = 0;
let current;
let inside = false;

/** { order, stopAt, half } or { order, failFrom, code } once the test has armed it; each order counts from one again. */
function armed() {
  const file = path.join(control, 'armed.json');
  const order = real.existsSync(file) ? JSON.parse(real.readFileSync(file, 'utf8')) : undefined;
  if (order !== undefined && order.order !== current) [current, count] = [order.order, 0];
  return order;
}

const words = { ENOSPC: 'no space left on device', EROFS: 'read-only file system' };
/** What a full disk still does. */
const needsNoSpace = new Set(['rename', 'unlink', 'rm', 'rmdir', 'chmod', 'truncate', 'fsync']);

function failure(code, operation, target) {
  if (operation === 'sqlite run') {
    // SQLite, "Result and Error Codes": SQLITE_FULL and SQLITE_READONLY.
    const [errcode, errstr] =
      code === 'ENOSPC'
        ? [13, 'database or disk is full']
        : [8, 'attempt to write a readonly database'];
    return Object.assign(new Error(errstr), { code: 'ERR_SQLITE_ERROR', errcode, errstr });
  }
  const text = `${code}: ${words[code]}, ${operation} '${target}'`;
  return Object.assign(new Error(text), { code, syscall: operation, path: target });
}

function nameOf(fdOrPath) {
  if (typeof fdOrPath !== 'number') return String(fdOrPath);
  try {
    return real.readlinkSync(`/proc/self/fd/${fdOrPath}`);
  } catch {
    return '';
  }
}

/** `position`: where in the file `data` goes; null is where the last write ended. */
function step(operation, fdOrPath, data, position = null) {
  if (inside) return;
  const target = nameOf(fdOrPath);
  if (!target.startsWith(folder) || target.startsWith(control)) return;
  inside = true;
  try {
    const order = armed();
    if (order === undefined) return;
    if (order.code !== undefined) {
      count += 1;
      const isSpared = order.code === 'ENOSPC' && needsNoSpace.has(operation);
      if (count < order.failFrom || isSpared) return;
      real.appendFileSync(path.join(control, 'steps.log'), `failed ${operation}\n`);
      throw failure(order.code, operation, target);
    }
    count += 1;
    const what = `${count} ${operation} ${path.relative(folder, target).replace(/\d{3,}/g, 'N')}`;
    real.appendFileSync(path.join(control, 'steps.log'), what + '\n');
    if (count !== order.stopAt) return;
    if (order.half && typeof fdOrPath === 'number' && data !== undefined) {
      const bytes = Buffer.from(data);
      real.writeSync(fdOrPath, bytes, 0, Math.floor(bytes.length / 2), position);
    }
    real.writeFileSync(path.join(control, 'hit'), what);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  } finally {
    inside = false;
  }
}

function watch(owner, name, describe) {
  const original = owner[name];
  if (typeof original !== 'function') return;
  owner[name] = function (...args) {
    try {
      describe.call(this, args);
    } catch (error) {
      return failed(owner, name, args, error);
    }
    return original.apply(this, args);
  };
}

/** Each style of calling learns of an error in its own way. */
function failed(owner, name, args, error) {
  const callback = args.at(-1);
  if (owner === fs && !name.endsWith('Sync') && typeof callback === 'function') {
    process.nextTick(callback, error);
    return undefined;
  }
  if (owner === fs || owner === sqlite.StatementSync.prototype) throw error;
  return Promise.reject(error);
}

const bytesOf = (args) =>
  typeof args[1] === 'string'
    ? args[1]
    : ArrayBuffer.isView(args[1])
      ? Buffer.from(args[1].buffer, args[1].byteOffset, args[1].byteLength).subarray(
          args[2] ?? 0,
          (args[2] ?? 0) + (args[3] ?? args[1].byteLength),
        )
      : undefined;

for (const name of ['write', 'writeSync']) {
  watch(fs, name, (args) => step('write', args[0], bytesOf(args)));
}
for (const name of ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync']) {
  watch(fs, name, (args) => step('write', args[0]));
  watch(fs.promises, name, (args) => step('write', args[0]));
}
for (const name of ['fsync', 'fsyncSync', 'fdatasync', 'fdatasyncSync']) {
  watch(fs, name, (args) => step('fsync', args[0]));
}
for (const name of ['rename', 'renameSync', 'link', 'linkSync', 'copyFile', 'copyFileSync']) {
  watch(fs, name, (args) => step(name.replace('Sync', ''), args[1]));
  watch(fs.promises, name, (args) => step(name, args[1]));
}
for (const name of [
  'unlink',
  'unlinkSync',
  'rm',
  'rmSync',
  'rmdir',
  'mkdir',
  'chmod',
  'truncate',
]) {
  watch(fs, name, (args) => step(name.replace('Sync', ''), args[0]));
  watch(fs.promises, name, (args) => step(name, args[0]));
}
for (const name of ['run', 'all', 'get']) {
  if (name === 'run') {
    watch(sqlite.StatementSync.prototype, name, () =>
      step('sqlite run', path.join(folder, 'stint', 'sqlite')),
    );
  }
}

// A read-only disk opens nothing for writing. A kill at an open loses nothing, so it does not count as a step otherwise.
for (const [owner, name] of [
  [fs, 'openSync'],
  [fs, 'open'],
  [fs.promises, 'open'],
]) {
  watch(owner, name, ([file, flags]) => {
    const isForWriting = typeof flags === 'string' ? /[wa+]/.test(flags) : (flags ?? 0) % 4 !== 0;
    if (isForWriting && armed()?.code === 'EROFS') step('open', file);
  });
}

// FileHandle is not exported: its prototype is that of any open handle.
fs.promises.open(__filename, 'r').then((handle) => {
  const prototype = Object.getPrototypeOf(handle);
  for (const name of ['write', 'writeFile', 'appendFile']) {
    watch(prototype, name, function (args) {
      if (name !== 'write') step('write', this.fd, args[0]);
      else step('write', this.fd, bytesOf([this.fd, ...args]), args[3]);
    });
  }
  for (const name of ['sync', 'datasync', 'truncate']) {
    watch(prototype, name, function () {
      step(name === 'truncate' ? 'truncate' : 'fsync', this.fd);
    });
  }
  return handle.close();
});
