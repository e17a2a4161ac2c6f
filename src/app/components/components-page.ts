import { Component, inject, signal } from '@angular/core';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { Field } from '../fields/field.ts';
import type { FormField } from '../fields/form-field.ts';
import { Pills } from '../fields/pills.ts';
import { Icon } from '../icons/icon.ts';
import { TimeRing } from '../icons/time-ring.ts';
import { StatusDot } from '../integrations/status-dot.ts';
import { PromptCard } from '../prompts/prompt-card.ts';
import { columns, columnTemplate, usualChoices } from '../sessions/columns.ts';
import { FailureRow } from '../sessions/failure-row.ts';
import { SessionRow } from '../sessions/session-row.ts';
import { failureOf } from '../sessions/session-state.ts';
import { Theme } from '../theme/theme.ts';
import { exampleQuestions, exampleSessions } from './example-sessions.ts';

const field = { name: 'field', label: 'Label', hint: 'What it means.' } as const;
const choices = [
  { value: 'eu-west-1', label: 'eu-west-1', about: '12 sessions' },
  { value: 'us-east-1', label: 'us-east-1' },
];

/** Every component in every state, at `/components` while the window is developed (`npm run dev`). */
@Component({
  selector: 'stint-window',
  imports: [
    ...[EnvironmentTag, FailureRow, Field, Icon, Pills],
    ...[PromptCard, SessionRow, StatusDot, TimeRing],
  ],
  templateUrl: './components-page.html',
  styleUrl: './components-page.css',
})
export class ComponentsPage {
  protected readonly theme = inject(Theme);
  protected readonly isMirrored = signal(false);
  protected readonly columns = columns.filter(({ isUsual }) => isUsual);
  protected readonly template = columnTemplate(this.columns, usualChoices);
  protected readonly sessions = exampleSessions.map(([state, session]) => ({
    state,
    session,
    failure: failureOf(session),
  }));
  protected readonly questions = exampleQuestions;
  protected readonly environments = ['production', 'staging', 'development', 'sandbox'];
  protected readonly statuses = ['logged-in', 'logging-in', 'logged-out'] as const;
  protected readonly rings = [
    { share: 0.8, low: false },
    { share: 0.2, low: true },
    { share: undefined, low: false },
    ...(['failed', 'asking', 'off'] as const).map((state) => ({ share: 0, low: false, state })),
  ];
  protected readonly fields: readonly FormField[] = [
    { ...field, kind: 'text' },
    { ...field, kind: 'text', optional: true, placeholder: 'placeholder' },
    { ...field, kind: 'text', fixed: true },
    { ...field, kind: 'text', secret: true },
    { ...field, kind: 'duration' },
    { ...field, kind: 'lines' },
    { ...field, kind: 'select', choices, none: 'None', canAdd: true },
    { ...field, kind: 'search', choices },
    { ...field, kind: 'search', choices, free: true },
    { ...field, kind: 'list' },
    { ...field, kind: 'tags' },
  ];
  protected readonly pills = choices.map(({ value, label }) => ({ value, label }));
  protected readonly buttons = ['', 'primary', 'danger', 'outline-danger', 'quiet', 'link'];

  protected valueOf({ kind }: FormField): string | readonly string[] {
    return kind === 'list' || kind === 'tags' ? [] : 'eu-west-1';
  }

  protected mirror(): void {
    this.isMirrored.update((before) => !before);
    document.documentElement.dir = this.isMirrored() ? 'rtl' : 'ltr';
  }
}
