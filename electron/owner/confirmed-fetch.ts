import { problemCodeOf } from '../../src/models/problem.ts';
import type { Runtime } from '../runtime.ts';

type Fetch = (request: Request) => Promise<Response>;

/** What the person is asked in a native dialog. */
export interface OwnerQuestion {
  readonly detail: string;
}

/** Longest text of a dialog, in characters: more would push its buttons off the screen. */
const longestDetail = 1_000;

/**
 * `fetch` with the rights of the window. What only the owner decides (problem 'owner-only') is asked
 * for in a dialog that the page can neither draw nor click, and then repeated as the owner.
 */
export function confirmedFetch({
  fetch,
  fetchAsOwner,
  confirm,
}: {
  readonly fetch: Fetch;
  readonly fetchAsOwner: Fetch;
  readonly confirm: (question: OwnerQuestion) => Promise<boolean>;
}): Fetch {
  return async (request) => {
    const again = request.clone();
    const answer = await fetch(request);
    const question = await ownerQuestionIn(answer);
    if (question === undefined || !(await confirm(question))) return answer;
    return await fetchAsOwner(again);
  };
}

async function ownerQuestionIn(answer: Response): Promise<OwnerQuestion | undefined> {
  if (answer.status !== 403) return undefined;
  const said = (await answer.clone().json()) as {
    readonly type?: string;
    readonly detail?: string;
  };
  if (problemCodeOf(said.type ?? '') !== 'owner-only') return undefined;
  return { detail: (said.detail ?? '').slice(0, longestDetail) };
}

/** The dialog; "Cancel" is what Enter and Escape choose. */
export async function confirmAsOwner(
  { dialog }: Pick<Runtime, 'dialog'>,
  { detail }: OwnerQuestion,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'Allow this change?',
    detail,
    buttons: ['Allow', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
