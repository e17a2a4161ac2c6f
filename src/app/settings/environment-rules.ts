import { Component, computed, ElementRef, inject, linkedSignal, signal } from '@angular/core';
import { matchingRule } from '../../models/environment-match.ts';
import type { EnvironmentRule } from '../../models/environment-rules.ts';
import { Workspace } from '../connection/workspace.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { Environments } from '../environment/environments.ts';
import { Icon } from '../icons/icon.ts';
import { moved, ruleError, ruleMatches } from './rule-list.ts';
import { SaveMark } from './save-mark.ts';
import { SettingsEditor } from './settings-editor.ts';

/** The rules that give sessions an environment; the first that matches decides. Saves as they change. */
@Component({
  selector: 'stint-environment-rules',
  imports: [EnvironmentTag, Icon, SaveMark],
  templateUrl: './environment-rules.html',
  styleUrl: './environment-rules.css',
})
export class EnvironmentRules {
  readonly #workspace = inject(Workspace);
  readonly #environments = inject(Environments);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly editor = inject(SettingsEditor);
  /** As edited so far, also while it is being saved; a rule that is still empty is not. */
  protected readonly rules = linkedSignal<readonly EnvironmentRule[], readonly EnvironmentRule[]>({
    source: () => this.#environments.rules(),
    computation: (saved, edited) =>
      edited === undefined || isSame(edited.value, edited.source) ? saved : edited.value,
  });
  protected readonly tried = signal('');
  readonly #names = computed(() =>
    this.#workspace.sessions().map((session) => ({
      ...this.#environments.names(session),
      environment: session.environment,
    })),
  );
  protected readonly matches = computed(() => ruleMatches(this.rules(), this.#names()));
  protected readonly decided = computed(() => {
    const name = this.tried().trim();
    const at = matchingRule({ sessionName: name, accountName: name }, this.rules());
    const rule = at === undefined ? undefined : this.rules()[at];
    return rule === undefined || at === undefined ? undefined : { ...rule, number: at + 1 };
  });

  protected count(at: number): string {
    const count = this.matches().byRule[at]?.count ?? 0;
    return count === 1 ? '1 session' : `${count} sessions`;
  }

  protected change(at: number, part: Partial<EnvironmentRule>): void {
    void this.#apply(
      this.rules().map((rule, index) => (index === at ? { ...rule, ...part } : rule)),
    );
  }

  protected lookAt(at: number, value: string): void {
    const looksAt = value === 'account' || value === 'session' ? value : 'any';
    this.change(at, { looksAt });
  }

  protected move(at: number, by: 1 | -1): void {
    void this.#apply(moved(this.rules(), at, by));
  }

  protected remove(at: number): void {
    void this.#apply(this.rules().filter((_, index) => index !== at));
  }

  protected add(): void {
    this.rules.update((rules) => [
      ...rules,
      { pattern: '', looksAt: 'any', environment: 'production' },
    ]);
    setTimeout(() => {
      [...this.#host.querySelectorAll<HTMLElement>('.pattern')].at(-1)?.focus();
    });
  }

  async #apply(rules: readonly EnvironmentRule[]): Promise<void> {
    this.rules.set(rules);
    const error = ruleError(rules);
    if (error !== undefined) this.editor.refuse('environmentRules', 'Environment rules', error);
    else await this.editor.save('environmentRules', 'Environment rules', rules);
  }
}

function isSame(a: readonly EnvironmentRule[], b: readonly EnvironmentRule[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
