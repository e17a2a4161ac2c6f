import { printable } from '../../models/printable.ts';
import type { Context } from '../context.ts';
import { messageOf } from '../failure.ts';
import { ok, problem, type Finding } from './finding.ts';

/** Published profiles that no longer lead to a session. */
export async function checkPublishedProfiles({ owner }: Context): Promise<readonly Finding[]> {
  try {
    const { items } = await owner.request('GET', '/v1/profiles');
    const published = items.filter((one) => one.published);
    const gone = published.filter(({ sessionGone }) => sessionGone === true);
    if (published.length === 0) return [];
    if (gone.length === 0) return [ok(`Published profiles: ${published.length}`)];
    return gone.map(({ profileName }) =>
      problem(
        `Published profile ${printable(profileName)} asks for a session that is gone.`,
        'Remove it: stint profile publish --prune',
      ),
    );
  } catch (error) {
    const { what, next = 'Run stint profile list.' } = messageOf(error);
    return [problem(what, next)];
  }
}
