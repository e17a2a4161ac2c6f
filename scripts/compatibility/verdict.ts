import { azureResources, type Client, type Delivery, type Phase, type Proof } from './client.ts';

/** What one client did with one delivery, phase by phase. */
export interface Asked {
  /** What was accepted: everything, or for tokens some of the resources. */
  readonly accepted: 'all' | 'none' | readonly string[];
  /** The last line of what the client said. */
  readonly words: string;
  /** Whether it shows the sentence of Stint that names the session and the way on. */
  readonly namesTheWay: boolean;
}
export type Phases = Readonly<Partial<Record<Phase, Asked>>>;

/** Everything a judgement looks at. */
export interface Evidence {
  readonly text: string;
  readonly warnings: string;
  /** The ARN or the tenant of the session. */
  readonly identity: string;
  /** Requests that the stand-in for S3 accepted meanwhile. */
  readonly signatures: number;
}

/** Whether the answer proves the session, by the client's kind of proof. */
export function judge(proof: Proof, evidence: Evidence): Asked {
  const { text, warnings } = evidence;
  return {
    accepted: acceptedIn(proof, evidence),
    words: lastLine(text) || lastLine(warnings),
    namesTheWay: `${text}${warnings}`.includes('stint start'),
  };
}

function acceptedIn(proof: Proof, evidence: Evidence): Asked['accepted'] {
  switch (proof) {
    case 'arn':
      return evidence.text.includes(evidence.identity) ? 'all' : 'none';
    case 'signature':
      return evidence.signatures > 0 ? 'all' : 'none';
    case 'tokens':
      return resourcesIn(evidence);
    case 'subscription':
      return evidence.text.startsWith('subscriptions: ') ? 'all' : 'none';
  }
}

function resourcesIn({ text, identity }: Evidence): Asked['accepted'] {
  const audiences = new Set(
    Array.from(text.matchAll(/^eyJ[\w-]+\.([\w-]+)\.[\w-]+$/gm), ([, claims = '']) => {
      const { aud, tid } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
        readonly aud: string;
        readonly tid: string;
      };
      return tid === identity ? aud.replace(/\/+$/, '') : '';
    }),
  );
  const names = Object.entries(azureResources).filter(([, resource]) => audiences.has(resource));
  if (names.length === Object.keys(azureResources).length) return 'all';
  return names.length === 0 ? 'none' : names.map(([name]) => name);
}

/** The last line: programs end with what went wrong, and begin with warnings. */
function lastLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '' && !line.startsWith('See ')) ?? '')
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '(token)')
    .replaceAll(/\/tmp\/stint-[\w-]+/g, '~')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}

const running =
  'A running program keeps the keys it read from the file. Start it again, or use `exec`.';
const fixed = 'Fixed keys end when their time is over. `env` without `--static` renews them.';

/** Why it did not work: a known rule of the client or of the delivery, else what the client said. */
export function reasonOf(
  { reasons, stays }: Pick<Client, 'reasons' | 'stays'>,
  delivery: Delivery,
  phase: Phase,
  { words }: Asked,
): string {
  if (phase === 'fresh' && reasons?.[delivery] !== undefined) return reasons[delivery];
  if (phase === 'renewed' && delivery === 'credentials-file' && stays) return running;
  if (phase === 'renewed' && delivery === 'env --static') return fixed;
  return `It says: ${words.length > 240 ? `${words.slice(0, 240)}…` : words || 'nothing'}`;
}
