import { awsDeliveries, azureDeliveries, type Client, type Delivery } from './client.ts';
import { reasonOf, type Asked, type Phases } from './verdict.ts';

/** One client in one version, with what it did in each delivery. */
export interface Row {
  readonly cloud: 'aws' | 'azure';
  readonly client: Pick<Client, 'name' | 'reasons' | 'stays'>;
  readonly version: string;
  /** `machine`, `npm` or the Debian suite. */
  readonly from: string;
  readonly outcomes: Readonly<Partial<Record<Delivery, Phases>>>;
}

export interface Run {
  readonly date: string;
  readonly machine: string;
  readonly stint: string;
  readonly rows: readonly Row[];
  /** What was looked for and not found. */
  readonly missing: readonly string[];
}

/** Notes by number: one for each reason, however many cells have it. */
class Notes {
  readonly #texts: string[] = [];

  numberOf(text: string): number {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    return this.#texts.indexOf(text) + 1;
  }

  lines(): readonly string[] {
    return this.#texts.map((text, index) => `${index + 1}. ${escaped(text)}`);
  }
}

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function worked({ accepted }: Asked): string {
  if (accepted === 'all') return 'yes';
  return accepted === 'none' ? 'no' : `only ${accepted.join(', ')}`;
}

const held =
  'Azure cannot take back an issued token: a program that holds one uses it until it expires.';

/** "yes · yes · refused*", each shortfall with the number of its reason. */
function cell(row: Row, delivery: Delivery, notes: Notes): string {
  const outcome = row.outcomes[delivery];
  if (outcome?.fresh === undefined) return '–';
  const parts = (['fresh', 'renewed'] as const).flatMap((phase) => {
    const asked = outcome[phase];
    if (asked === undefined) return [];
    if (asked.accepted === 'all') return ['yes'];
    const number = notes.numberOf(reasonOf(row.client, delivery, phase, asked));
    return [`${worked(asked)} (${number})`];
  });
  if (outcome.stopped !== undefined) {
    const { stopped } = outcome;
    if (stopped.accepted !== 'none') {
      // In the shared folder tokens live an hour, so nobody waited for their end.
      const isHeld = delivery === 'azure-cli';
      parts.push(isHeld ? `held (${notes.numberOf(held)})` : '**still accepted**');
    } else parts.push(stopped.namesTheWay ? 'refused*' : 'refused');
  }
  return parts.join(' · ');
}

const origins: Readonly<Record<string, string>> = { machine: 'this machine', npm: 'npm' };

function table(rows: readonly Row[], deliveries: readonly Delivery[], notes: Notes) {
  const head = ['client', 'version', 'from', ...deliveries.map((one) => `\`${one}\``)];
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...rows.map((row) => {
      const origin = origins[row.from] ?? `Debian ${row.from}`;
      const cells = deliveries.map((delivery) => cell(row, delivery, notes));
      return `| ${[row.client.name, row.version, origin, ...cells].join(' | ')} |`;
    }),
    '',
  ];
}

/** `docs/compatibility.md`: the same run always gives the same page. */
export function compatibilityPage({ date, machine, stint, rows, missing }: Run): string {
  const notes = new Notes();
  const of = (cloud: Row['cloud']) => rows.filter((row) => row.cloud === cloud);
  const names = new Set(rows.map(({ client }) => client.name));
  return [
    '# Compatibility',
    '',
    '<!-- Made by `npm run compatibility`. Change scripts/compatibility/, not this page. -->',
    '',
    `Programs that nobody of this project wrote, run with a session of Stint ${stint} on ${date}:`,
    `${names.size} clients, ${rows.length} with their versions, on ${machine}. The cloud is the`,
    '[practice cloud](../practice-cloud/README.md), which refuses what the real services refuse. For',
    'programs that know only S3, a stand-in looks at whose key signed.',
    '',
    'Each cell has three answers: **fresh** after the start · **renewed**, after the first credentials',
    'expired · **stopped**, after `stint stop` and the end of the last credentials. SDKs are asked in one',
    'process that stays; commands are run again each time in the same shell. `refused*` shows the sentence',
    'of Stint that names the session and `stint start`. A number in brackets is the reason below; “–” was',
    'not tried. What the last run did not try is from the run before.',
    '',
    '## AWS',
    '',
    ...table(of('aws'), awsDeliveries, notes),
    'The session is an IAM role behind an IAM user. `credential-process` is the delivery of the session:',
    'Stint writes the profile into the config file, and removes it with the stop. `credential_process` is',
    'your own line there: `credential_process = stint credentials NAME`.',
    '',
    '## Azure',
    '',
    'Each is asked for tokens of Resource Manager, Key Vault, Storage and Graph, under Microsoft’s own',
    'names. “yes” is all four, each for the session’s tenant. `azure-cli` is the shared folder, `~/.azure`.',
    'There, and with az itself, “renewed” is after `stint rotate`: az takes no token that lives under five',
    'minutes.',
    '',
    ...table(of('azure'), azureDeliveries, notes),
    '## Reasons',
    '',
    '<!-- language: off -->',
    '',
    ...notes.lines(),
    '',
    '<!-- language: on -->',
    '',
    '## Not found on this machine',
    '',
    ...(missing.length === 0 ? ['Nothing.'] : missing.map((one) => `- ${one}`)),
    '',
    '## Make it again',
    '',
    '    npm run compatibility                                    # what the machine has',
    '    npm run compatibility -- --install --suite bookworm --suite trixie   # as root',
    '',
    '`--install` fetches the npm clients, `--suite` makes a Debian suite with `debootstrap`, both in',
    '`$XDG_CACHE_HOME/stint-compatibility` (`--cache FOLDER`). `--only TEXT` runs the clients whose name',
    'contains it and prints the page instead of writing it; `--cloud` and `--delivery NAME` try a part, and the',
    'page keeps what the last run found for the rest, and for the clients of machines that were not there.',
    '',
  ].join('\n');
}
