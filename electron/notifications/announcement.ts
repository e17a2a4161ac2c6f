import type { ShellAction } from '../actions/shell-action.ts';
import type { News } from './news.ts';

export interface AnnouncedAction {
  readonly label: string;
  readonly action: ShellAction;
}

/** One notification, as plain values. */
export interface Announcement {
  readonly title: string;
  readonly body: string;
  /** What a click on it does. */
  readonly click: ShellAction;
  readonly actions: readonly AnnouncedAction[];
  /** The question that a typed reply answers. */
  readonly reply?: { readonly promptId: string; readonly placeholder: string };
}

/** An extension by an action, in seconds. */
const extension = 3600;
/** Names in one notification. */
const mostNames = 3;

/**
 * The one notification for all of the news. Linux shows neither actions nor replies (electronjs.org,
 * "NotificationAction" and `hasReply`): there a click on it opens the window at what it is about.
 */
export function announcement(
  news: readonly [News, ...News[]],
  platform: NodeJS.Platform,
): Announcement {
  const said = news.length === 1 ? announceOne(news[0]) : announceMany(news);
  if (platform === 'darwin' || platform === 'win32') return said;
  const { reply: _reply, ...others } = said;
  return { ...others, actions: [] };
}

function announceOne(news: News): Announcement {
  if (news.kind === 'question') return announceQuestion(news);
  const { sessionId, name, detail } = news;
  const click: ShellAction = { kind: 'show', request: { kind: 'session', sessionId } };
  switch (news.kind) {
    case 'failed':
      return {
        title: news.isRunning ? `${name} cannot be renewed` : `${name} failed`,
        body: detail,
        click,
        actions: [
          { label: 'Try again', action: { kind: news.isRunning ? 'rotate' : 'start', sessionId } },
        ],
      };
    case 'ending':
      return {
        title: `${name} ends soon`,
        body: endsAtText(detail),
        click,
        actions: [
          { label: 'Extend by 1 h', action: { kind: 'extend', sessionId, seconds: extension } },
          { label: 'Stop now', action: { kind: 'stop', sessionId } },
        ],
      };
    case 'ended':
      return {
        title: `${name} has ended`,
        body: detail,
        click,
        actions: [{ label: 'Start again', action: { kind: 'start', sessionId } }],
      };
  }
}

function announceQuestion({ prompt, name }: Extract<News, { kind: 'question' }>): Announcement {
  const { promptId, kind, text } = prompt;
  const show: ShellAction = { kind: 'show', request: { kind: 'question', promptId } };
  if (kind !== 'mfa') {
    const title = name === undefined ? 'Stint needs you' : `${name} needs you`;
    return { title, body: text, click: show, actions: [{ label: 'Open', action: show }] };
  }
  return {
    title: `${name ?? 'A session'} needs an MFA code`,
    body: text,
    click: show,
    actions: [],
    reply: { promptId, placeholder: 'MFA code' },
  };
}

const plurals = {
  question: ['1 question waits for you', 'questions wait for you'],
  failed: ['1 session failed', 'sessions failed'],
  ending: ['1 session ends soon', 'sessions end soon'],
  ended: ['1 session has ended', 'sessions have ended'],
} as const;

/** A line for each kind of news, what needs a person first. A click shows the first question. */
function announceMany(news: readonly News[]): Announcement {
  const kinds = (['question', 'failed', 'ending', 'ended'] as const).flatMap((kind) => {
    const some = news.filter((one) => one.kind === kind);
    return some.length === 0 ? [] : [{ some, count: counted(kind, some.length) }];
  });
  const [first, ...others] = kinds;
  const question = news.find((one) => one.kind === 'question');
  return {
    title: `Stint: ${first?.count ?? ''}`,
    body: [
      listed(first?.some ?? []),
      ...others.map(({ some, count }) => `${count}: ${listed(some)}`),
    ].join('\n'),
    click:
      question === undefined
        ? { kind: 'show' }
        : { kind: 'show', request: { kind: 'question', promptId: question.prompt.promptId } },
    actions: [],
  };
}

function counted(kind: News['kind'], count: number): string {
  const [one, many] = plurals[kind];
  return count === 1 ? one : `${count} ${many}`;
}

function listed(news: readonly News[]): string {
  const names = news.map((one) =>
    one.kind === 'question' ? (one.name ?? one.prompt.text) : one.name,
  );
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ');
}

/** The time of day, as this machine writes it. */
function endsAtText(endsAt: string): string {
  const at = Date.parse(endsAt);
  if (Number.isNaN(at)) return 'It ends by its limits.';
  return `It ends at ${new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}.`;
}
