import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * `npm run test:campaign`: kills at every single step, lets the disk fail at every step, damages files at every byte
 * and tries properties ten times as often, which takes hours. It does so piece by piece, and continues where it was
 * interrupted: test-results/campaign.log has a line for each piece. `--again` starts over, `--only WORD` takes the
 * pieces whose name holds a word. With `--project NAME` all of a kind runs at once, without a log.
 */

const root = join(import.meta.dirname, '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const log = join(root, 'test-results', 'campaign.log');
/** Tests of files that ask this one are longer in a campaign. */
const asked = 'support/campaign.ts';

const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    only: { type: 'string', default: '' },
    again: { type: 'boolean', default: false },
  },
});

const campaign = { ...process.env, STINT_CAMPAIGN: '1' };

function passes(args: readonly string[]): boolean {
  const ran = spawnSync(process.execPath, [vitest, 'run', ...args], {
    stdio: 'inherit',
    cwd: root,
    env: campaign,
  });
  return ran.status === 0;
}

interface Piece {
  readonly name: string;
  readonly args: readonly string[];
}

interface Listed {
  readonly name: string;
  readonly file: string;
}

/** A file is a piece; of the faults, which take longest, a test is. */
function pieces(): readonly Piece[] {
  const files = globSync('test/{faults,unit,contract,integration}/**/*.test.ts', { cwd: root })
    .filter((file) => readFileSync(join(root, file), 'utf8').includes(asked))
    .toSorted();
  const isFault = (file: string) => file.startsWith(join('test', 'faults'));
  const { stdout } = spawnSync(
    process.execPath,
    [vitest, 'list', '--json', '--project', 'faults', ...files.filter(isFault)],
    { cwd: root, env: campaign, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const faults = (JSON.parse(stdout) as readonly Listed[]).map(({ name, file }) => {
    const path = relative(root, file);
    return { name: `${path} ${name}`, args: [path, '-t', pattern(name)] };
  });
  const others = files
    .filter((file) => !isFault(file))
    .map((path) => ({ name: path, args: [path] }));
  return [...faults, ...others];
}

/** Matches the whole name of a test alone; Vitest joins the names of its groups with blanks. */
function pattern(name: string): string {
  return `^${name.replaceAll(' > ', ' ').replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
}

interface Done {
  readonly name: string;
  readonly commit: string;
  readonly ok: boolean;
  readonly seconds: number;
}

function done(): readonly Done[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Done);
}

function runPieces(): boolean {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  if (values.again) rmSync(log, { force: true });
  const head = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  const commit = head.stdout.trim();
  const passed = new Set(
    done()
      .filter((one) => one.ok && one.commit === commit)
      .map(({ name }) => name),
  );
  const all = pieces().filter(({ name }) => name.includes(values.only));
  for (const { name, args } of all.filter((piece) => !passed.has(piece.name))) {
    const began = performance.now();
    const ok = passes(args);
    const seconds = Math.round((performance.now() - began) / 1000);
    const line: Done = { name, commit, ok, seconds };
    appendFileSync(log, `${JSON.stringify(line)}\n`);
    if (ok) passed.add(name);
    console.log(`${ok ? 'passed' : 'FAILED'} in ${seconds} s: ${name}`);
  }
  const failed = all.filter(({ name }) => !passed.has(name));
  console.log(`campaign: ${all.length - failed.length} of ${all.length} pieces passed`);
  for (const { name } of failed) console.log(`  failed: ${name}`);
  return failed.length === 0;
}

const ok = values.project === undefined ? runPieces() : passes(['--project', values.project]);
process.exitCode = ok ? 0 : 1;
