import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import type { Profile } from '../../models/profile.ts';
import { Dialog } from '../dialog/dialog.ts';
import { problemText } from '../toasts/problem-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { nameError } from './profile-text.ts';
import { Profiles } from './profiles.ts';

/** Asks for the new name of a profile. */
@Component({
  selector: 'stint-rename-profile',
  imports: [Dialog],
  template: `
    <stint-dialog [title]="'Rename profile ' + profile().profileName" (closed)="closed.emit()">
      <form novalidate (submit)="rename($event)">
        <label for="profile-name">New name</label>
        <input
          #field
          data-first
          id="profile-name"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-describedby="profile-name-about"
          [value]="name()"
          [readOnly]="working()"
          [attr.aria-invalid]="error() !== undefined"
          (input)="change(field.value)"
        />
        <p id="profile-name-about" [class.bad]="error()" role="status">
          {{ error() ?? users() }}
        </p>
        <footer>
          <button type="button" (click)="dialog().close()">Cancel</button>
          <button type="submit" class="primary" [disabled]="working()">Rename</button>
        </footer>
      </form>
    </stint-dialog>
  `,
  styles: `
    label {
      display: block;
      margin-bottom: 4px;
      font-weight: 550;
    }
    p {
      margin: 6px 0 16px;
      color: var(--soft);
      overflow-wrap: anywhere;
    }
    p.bad {
      color: var(--bad);
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 8px;
    }
  `,
})
export class RenameProfile {
  readonly #profiles = inject(Profiles);
  readonly #toasts = inject(Toasts);
  readonly profile = input.required<Profile>();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  readonly #typed = signal<string | undefined>(undefined);
  protected readonly name = computed(() => this.#typed() ?? this.profile().profileName);
  protected readonly working = signal(false);
  protected readonly error = signal<string | undefined>(undefined);
  protected readonly users = computed(() => {
    const names = this.profile().sessions.map(({ sessionName }) => sessionName);
    return `Used by ${names.join(', ')}. An active session keeps the name before until it stops.`;
  });

  protected change(text: string): void {
    this.#typed.set(text);
    const wasTyped = text.trim() !== '' && text.trim() !== this.profile().profileName;
    this.error.set(wasTyped ? nameError(this.profile().profileName, text) : undefined);
  }

  protected async rename(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    const from = this.profile().profileName;
    const to = this.name().trim();
    this.error.set(nameError(from, to));
    if (this.error() !== undefined) return;
    this.working.set(true);
    try {
      const { items } = await this.#profiles.rename(from, to);
      const running = items.filter(({ deliveredAs }) => deliveredAs !== undefined);
      const later = running.map(({ sessionName }) => sessionName).join(', ');
      this.#toasts.success(
        later === ''
          ? `Profile ${from} is now ${to}.`
          : `Profile ${from} is now ${to}, for ${later} from the next start.`,
      );
      this.dialog().close();
    } catch (error) {
      const { text, next } = problemText(error);
      this.error.set([text, next].filter(Boolean).join(' '));
    } finally {
      this.working.set(false);
    }
  }
}
