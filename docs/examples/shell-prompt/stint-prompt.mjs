// Prints the active sessions and the time left, such as `payments 42m, audit 3m`, for a shell's prompt.
// Prints nothing where no agent runs: a prompt must not start one, and must never fail.
import { connect } from 'stint/client';

/** Of session names, at most. */
const most = 3;

/** A prompt does not wait longer than this, in milliseconds. */
const patience = 500;

try {
  const { items } = await connect().request('GET', '/v1/sessions', {
    query: { active: 'true', limit: 100 },
    signal: AbortSignal.timeout(patience),
  });
  const shown = items
    .slice(0, most)
    .map((session) => [session.sessionName, left(session)].join(' '));
  const more = items.length > most ? [`+${items.length - most}`] : [];
  process.stdout.write([...shown, ...more].join(', ').replaceAll(/\p{Cc}/gu, ' '));
} catch {
  // No agent, or one that is busy.
}

/** @param {import('stint/client').Schemas['Session']} session */
function left({ credentialsExpireAt, run }) {
  const ends = [credentialsExpireAt, run?.endsAt].filter((time) => time !== undefined);
  if (ends.length === 0) return '';
  const minutes = Math.max(
    0,
    Math.floor((Math.min(...ends.map(Date.parse)) - Date.now()) / 60_000),
  );
  return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h`;
}
