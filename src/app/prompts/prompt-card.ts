import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  Injector,
  input,
  signal,
  untracked,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { whoText } from '../history/who-text.ts';
import { roughDuration } from '../../models/duration.ts';
import { Problem } from '../../models/problem.ts';
import { OwnerClient, type Prompt } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { isDesktop } from '../connection/window-access.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { environmentKind } from '../environment/environment-kind.ts';
import { Environments } from '../environment/environments.ts';
import { Icon } from '../icons/icon.ts';
import { Pieces } from '../page/pieces.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { problemText } from '../toasts/problem-text.ts';
import { spaced } from '../sessions/session-text.ts';
import { Sources } from '../sessions/sources.ts';
import { Now } from '../time/now.ts';
import { AskedHere } from './asked-here.ts';
import { shortestPassphrase } from './passphrase-strength.ts';
import { StrengthMeter } from './strength-meter.ts';
import { isRefusal } from './prompt-queue.ts';
import { PromptTitles } from './prompt-title.ts';

const mfaDigits = 6;

/** One question. The first answer from any client counts; the card closes with the question. */
@Component({
  selector: 'stint-prompt-card',
  imports: [CopyButton, EnvironmentTag, Icon, Pieces, StrengthMeter],
  templateUrl: './prompt-card.html',
  styleUrl: './prompt-card.css',
  host: {
    role: 'group',
    '[attr.data-prompt]': 'prompt().promptId',
    '[attr.aria-labelledby]': "id() + '-text'",
    '[class.production]': 'isProduction()',
    '(focusin)': 'hasFocus = true',
    '(focusout)': 'hasFocus = $event.relatedTarget === null',
  },
})
export class PromptCard {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #sources = inject(Sources);
  readonly #titles = inject(PromptTitles);
  readonly #environments = inject(Environments);
  readonly #asked = inject(AskedHere);
  readonly #now = inject(Now);
  protected readonly input = viewChild<ElementRef<HTMLInputElement>>('field');
  readonly prompt = input.required<Prompt>();
  /** It was answered; whether the answer is accepted is not known yet. */
  readonly checking = input(false);
  protected readonly answer = signal('');
  /** The question whose answer is being sent. Its refusal, a new question in this card, can be here before it is sent. */
  readonly #sent = signal<string | undefined>(undefined);
  protected readonly sending = computed(() => this.#sent() === this.prompt().promptId);
  protected readonly refusal = signal<string | undefined>(undefined);

  protected readonly isMfa = computed(() => this.prompt().kind === 'mfa');
  protected readonly isUnlock = computed(() => this.prompt().kind === 'unlock');
  /** The answer is given in a browser, and the question closes after it. */
  protected readonly closesItself = computed(() =>
    ['login', 'device-code', 'sign-in-window'].includes(this.prompt().kind),
  );
  protected readonly opensWindow = computed(
    () => this.prompt().kind === 'saml' && this.prompt().url === undefined,
  );
  /** A browser's page may not let Stint run a program; the desktop app asks in a dialog. */
  protected readonly isDecidedElsewhere = computed(
    () => this.prompt().kind === 'confirm' && !isDesktop,
  );
  /** Whether the answer is typed. */
  protected readonly isTyped = computed(
    () =>
      !this.closesItself() &&
      !this.opensWindow() &&
      !this.isDecidedElsewhere() &&
      this.prompt().kind !== 'choice',
  );
  protected readonly title = computed(() => this.#titles.of(this.prompt()));
  /** The first passphrase is typed twice: nobody can reset it. */
  protected readonly isNew = computed(() => this.isUnlock() && this.prompt().isNew === true);
  protected readonly shortest = shortestPassphrase;
  protected readonly repeated = signal('');
  /** The person looks at the passphrase that they type. */
  protected readonly isSeen = signal(false);
  protected readonly environment = computed(() => {
    const { sessionId } = this.prompt();
    const session = sessionId === undefined ? undefined : this.#workspace.session(sessionId);
    return session === undefined ? undefined : this.#environments.of(session);
  });
  protected readonly isProduction = computed(
    () => environmentKind(this.environment() ?? '') === 'production',
  );
  protected readonly boxes = [0, 1, 2, 3, 4, 5];
  protected readonly id = computed(() => `prompt-${this.prompt().promptId}`);
  protected readonly ready = computed(() =>
    this.isMfa()
      ? this.answer().length === mfaDigits
      : this.isNew()
        ? this.answer().length >= shortestPassphrase && this.answer() === this.repeated()
        : this.answer() !== '',
  );
  protected readonly about = computed(() => {
    const { device, account, role, integrationId, sessionId } = this.prompt();
    const session = sessionId === undefined ? undefined : this.#workspace.session(sessionId);
    const idpId =
      this.opensWindow() && session?.type === 'awsIamRoleFederated' ? session.idpId : undefined;
    const [idp, integration] = [idpId, integrationId].map((id) =>
      id === undefined ? undefined : this.#sources.nameOf(id),
    );
    const parts = [
      idp === undefined ? undefined : `at ${idp}`,
      device?.split(':').at(-1),
      role === undefined ? undefined : `role ${role.split(':role/').at(-1) ?? role}`,
      account === undefined ? undefined : `account ${spaced(account)}`,
      integration === undefined ? undefined : `for all sessions of ${integration}`,
    ].filter((part) => part !== undefined);
    return parts.length === 0 ? undefined : parts.join(' · ');
  });
  /** Who asked for it, unless it was somebody in this window. */
  protected readonly who = computed(() => {
    const { askedBy } = this.prompt();
    if (askedBy === undefined || askedBy.subject === 'window') return undefined;
    const text = whoText({ by: askedBy.subject, actor: askedBy });
    return `Asked by ${text.replace(/^You/, 'you')}.`;
  });
  /** What to do with the code, which differs between providers. */
  protected readonly aboutCode = computed(() => {
    const { kind, integrationId } = this.prompt();
    if (kind !== 'device-code') return undefined;
    const integration = this.#workspace
      .integrations()
      .find((one) => one.integrationId === integrationId);
    return integration?.kind === 'azure'
      ? 'Enter this code on the sign-in page.'
      : 'Check that the sign-in page shows the same code.';
  });
  /** During a renewal the session stays active with its current credentials. */
  protected readonly isRenewal = computed(() => {
    const { sessionId } = this.prompt();
    return sessionId !== undefined && this.#workspace.session(sessionId)?.status === 'active';
  });
  protected readonly left = computed(() => {
    const milliseconds = this.#now.until(Date.parse(this.prompt().expiresAt));
    return milliseconds > 48 * 3_600_000 ? undefined : roughDuration(milliseconds);
  });

  readonly #inject = { injector: inject(Injector) };
  /** What had the focus when the question came. */
  #previousFocus: Element | null = null;
  /** The focus is in the card; it stays true while the card is removed. */
  protected hasFocus = false;

  constructor() {
    afterNextRender(() => {
      this.#previousFocus = document.activeElement;
      // Only for what the person has just started here; any other question waits for the key `a`.
      if (this.#asked.takes(this.prompt())) this.input()?.nativeElement.focus();
    });
    effect(() => {
      const prompt = this.prompt();
      if (!isRefusal(prompt)) return;
      untracked(() => {
        this.refusal.set(prompt.text);
        this.answer.set('');
        if (this.hasFocus) afterNextRender(() => this.input()?.nativeElement.focus(), this.#inject);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      this.#restoreFocus();
    });
  }

  #restoreFocus(): void {
    if (!this.hasFocus) return;
    const before = this.#previousFocus;
    // It may be gone, like the Start button once the session has started.
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
      const to = there ? before : document.querySelector('[role="row"][tabindex="0"]');
      if (to instanceof HTMLElement) to.focus();
    });
  }

  protected onInput(text: string): void {
    this.refusal.set(undefined);
    this.answer.set(this.isMfa() ? text.replace(/\D/g, '').slice(0, mfaDigits) : text);
    const field = this.input()?.nativeElement;
    if (field !== undefined && field.value !== this.answer()) field.value = this.answer();
    if (this.isMfa() && this.ready()) void this.send({ answer: this.answer() });
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.ready()) void this.send({ answer: this.answer() });
  }

  protected async send(
    body: { readonly answer: string } | { readonly cancel: true },
  ): Promise<void> {
    if (this.sending() || this.checking()) return;
    const { promptId } = this.prompt();
    this.#sent.set(promptId);
    const isAsked = () => this.prompt().promptId === promptId;
    try {
      await this.#owner.client.request('POST', '/v1/prompts/{id}', {
        path: { id: promptId },
        body,
      });
      if (isAsked()) {
        this.answer.set('');
        this.repeated.set('');
      }
      this.#workspace.removePrompt(promptId);
    } catch (error) {
      if (error instanceof Problem && error.code === 'prompt-closed') {
        this.#workspace.removePrompt(promptId);
      } else if (isAsked()) {
        this.refusal.set(problemText(error).text);
        this.answer.set('');
        this.input()?.nativeElement.select();
      }
    } finally {
      if (this.#sent() === promptId) this.#sent.set(undefined);
    }
  }
}
