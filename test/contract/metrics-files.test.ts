import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { hasPromtool } from '../../scripts/test/optional-programs.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'metrics');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const promtool = (args: readonly string[], input = '') =>
  execFileSync('promtool', args, { cwd: folder, input, encoding: 'utf8' });

interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
}
const dashboard = JSON.parse(read('stint-dashboard.json')) as Dashboard;
const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const alerts = (
  parse(read('stint-alerts.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] }
).groups.flatMap(({ rules }) => rules);

let owner: ScratchApi;
let shown = '';
let families: readonly string[] = [];
beforeAll(async () => {
  owner = await scratchApi();
  shown = await (await owner.ask('GET', '/v1/metrics')).text();
  families = [...shown.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
});
afterAll(async () => {
  await owner.close();
});

const familyOf = (series: string) => series.replace(/_(bucket|count|sum)$/, '');
const namesIn = (query: string) =>
  (query.match(/\bstint_\w+/g) ?? []).map((name) => familyOf(name));

describe('the files in docs/metrics', () => {
  it('explain every metric there is, and no other', () => {
    const explained = [...read('README.md').matchAll(/^\| `(stint_\w+)`/gm)].map(
      ([, name]) => name,
    );
    expect(explained.toSorted()).toEqual(families.toSorted());
  });

  it.each([
    ['dashboard', queries],
    ['alert rules', alerts.map(({ expr }) => expr)],
  ])('of the %s ask for metrics that exist', (_what, asked) => {
    expect(asked.length).toBeGreaterThan(3);
    for (const name of asked.flatMap(namesIn)) expect(families).toContain(name);
  });

  it('try every alert', () => {
    for (const { alert } of alerts) {
      expect(read('stint-alerts.test.yml')).toContain(`alertname: ${alert}\n`);
    }
  });
});

describe.runIf(hasPromtool())('promtool', () => {
  it('finds nothing wrong with the names and types of the metrics', () => {
    expect(promtool(['check', 'metrics'], shown)).toBe('');
  });

  it('finds that each alert fires when it has to, and not before', () => {
    expect(promtool(['check', 'rules', 'stint-alerts.yml'])).toContain('5 rules found');
    expect(promtool(['test', 'rules', 'stint-alerts.test.yml'])).toContain('SUCCESS');
  });

  it('understands every query of the dashboard', () => {
    const rules = queries.map((expr, at) => ({
      record: `stint:panel_${at}`,
      // Grafana fills these in.
      expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
    }));
    const scratch = mkdtempSync(join(tmpdir(), 'stint-dashboard-'));
    onTestFinished(() => {
      rmSync(scratch, { recursive: true });
    });
    const file = join(scratch, 'rules.json');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    expect(promtool(['check', 'rules', file])).toContain(`${queries.length} rules found`);
  });
});
