import { Component, computed, effect, ElementRef, inject, signal, untracked } from '@angular/core';
import { awsRegions } from '../../models/aws-region.ts';
import { Pills } from '../fields/pills.ts';
import { Icon, type IconName } from '../icons/icon.ts';
import { Page } from '../navigation/page.ts';
import { PageFrame } from '../page/page-frame.ts';
import { Theme } from '../theme/theme.ts';
import { AboutRows } from './about-rows.ts';
import { EnvironmentRules } from './environment-rules.ts';
import { isAbout, settingSections, type SettingSection } from './setting-rows.ts';
import { SettingRowView } from './setting-row.ts';
import { SettingsEditor } from './settings-editor.ts';
import { TokenTable } from './token-table.ts';
import { VaultRows } from './vault-rows.ts';

/** The sections of the page, in its order; two have editors of their own. */
const sections: readonly (Omit<SettingSection, 'rows'> & {
  readonly rows: SettingSection['rows'];
  readonly icon: IconName;
})[] = [
  { ...settingSections.general, icon: 'gear' },
  { ...settingSections.limits, icon: 'clock' },
  { ...settingSections.delivery, icon: 'download' },
  {
    id: 'environments',
    title: 'Environment rules',
    about: 'The first rule that matches decides. An environment you set on a session counts first.',
    rows: [],
    icon: 'layers',
  },
  { ...settingSections.network, icon: 'globe' },
  { ...settingSections.security, icon: 'lock' },
  {
    id: 'about',
    title: 'About Stint',
    about: 'Which Stint this is, and commands that help with it.',
    rows: [],
    icon: 'production',
  },
];

/** Common locations; others are typed. */
const azureLocations =
  'australiaeast brazilsouth canadacentral centralindia centralus eastasia eastus eastus2 francecentral germanywestcentral italynorth japaneast koreacentral northeurope norwayeast polandcentral southeastasia spaincentral swedencentral switzerlandnorth uksouth westeurope westus2 westus3';

/** All settings on one page. */
@Component({
  selector: 'stint-settings-page',
  imports: [
    AboutRows,
    EnvironmentRules,
    Icon,
    PageFrame,
    Pills,
    SettingRowView,
    TokenTable,
    VaultRows,
  ],
  providers: [SettingsEditor],
  templateUrl: './settings-page.html',
  styleUrl: './settings-page.css',
})
export class SettingsPage {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly page = inject(Page);
  protected readonly theme = inject(Theme);
  protected readonly editor = inject(SettingsEditor);
  protected readonly query = signal('');
  protected readonly regions = awsRegions;
  protected readonly locations = azureLocations.split(' ');
  protected readonly themes = [
    { value: 'light', label: 'Light' },
    { value: 'dark', label: 'Dark' },
    { value: 'system', label: 'Like the system' },
  ];
  protected readonly shown = computed(() => {
    const words = this.query().trim();
    if (words === '') return sections;
    return sections
      .map((section) => {
        const isWhole = section.title.toLowerCase().includes(words.toLowerCase());
        return isWhole
          ? section
          : { ...section, rows: section.rows.filter((row) => isAbout(row, words)) };
      })
      .filter(
        ({ rows, title }) => rows.length > 0 || title.toLowerCase().includes(words.toLowerCase()),
      );
  });
  protected readonly all = sections;
  /** The whole section, with what it has beside its rows. */
  protected readonly isWhole = (title: string) =>
    this.query().trim() === '' || title.toLowerCase().includes(this.query().trim().toLowerCase());
  protected readonly refusedText = computed(() => {
    const refused = this.editor.refused();
    if (refused.length === 0) return '';
    return `${refused.length === 1 ? '1 value' : `${refused.length} values`} not saved: ${refused.join(', ')}`;
  });

  constructor() {
    effect(() => {
      const part = this.page.part();
      untracked(() => {
        setTimeout(() => {
          this.#scrollTo(part);
        });
      });
    });
  }

  protected go(id: string): void {
    this.query.set('');
    this.page.open('settings', id);
    setTimeout(() => {
      this.#scrollTo(id);
    });
  }

  protected chooseTheme(value: string): void {
    this.theme.choose(value === 'light' || value === 'dark' ? value : undefined);
  }

  #scrollTo(id: string): void {
    const list = this.#host.querySelector('.sections');
    const section = this.#host.querySelector<HTMLElement>(`#section-${CSS.escape(id)}`);
    // Not `scrollIntoView`, which scrolls the window too.
    if (list !== null && section !== null) list.scrollTop = section.offsetTop;
  }
}
