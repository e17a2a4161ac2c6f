import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { isDesktop } from '../connection/window-access.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { SaveMark } from './save-mark.ts';
import { isOwners, settingCommand, type SettingRow } from './setting-rows.ts';
import { settingText, settingValue } from './setting-value.ts';
import { SettingsEditor } from './settings-editor.ts';

/** A setting: its label, its control, and what became of the last change. It saves as it changes. */
@Component({
  selector: 'stint-setting-row',
  imports: [CopyButton, SaveMark],
  templateUrl: './setting-row.html',
  styleUrl: './setting-row.css',
})
export class SettingRowView {
  protected readonly editor = inject(SettingsEditor);
  readonly row = input.required<SettingRow>();
  readonly #saved = computed(() => {
    const settings = this.editor.settings() as Readonly<Record<string, unknown>> | undefined;
    return settingText(this.row(), settings?.[this.row().name]);
  });
  /** What is typed; what is saved, once that changes. */
  protected readonly text = linkedSignal(() => this.#saved());
  protected readonly id = computed(() => `setting-${this.row().name}`);
  protected readonly state = computed(() => this.editor.state(this.row().name));
  /** In the desktop app a native dialog asks the owner; a browser's page shows the command. */
  protected readonly isFixed = computed(() => isOwners(this.row().name) && !isDesktop);
  protected readonly command = computed(() => settingCommand(this.row()));
  protected readonly choices = computed(() => {
    const row = this.row();
    return row.control === 'choice' ? row.choices : [];
  });
  protected readonly list = computed(() => {
    const row = this.row();
    return row.control === 'text' ? row.suggestions : undefined;
  });

  protected async commit(text: string): Promise<void> {
    this.text.set(text);
    const { name, label } = this.row();
    if (text.trim() === this.#saved()) {
      if (this.state()?.kind === 'refused') this.editor.forget(name);
      return;
    }
    const meant = settingValue(this.row(), text);
    if ('error' in meant) this.editor.refuse(name, label, meant.error);
    else if (await this.editor.save(name, label, meant.value)) this.text.set(this.#saved());
  }

  /** Escape returns to what is saved. */
  protected reset(control: HTMLInputElement): void {
    this.text.set(this.#saved());
    control.value = this.#saved();
    this.editor.forget(this.row().name);
  }
}
