import { Component, computed, inject, signal } from '@angular/core';
import type { Profile, PublicationResult } from '../../models/profile.ts';
import { deliveryLabel, isDelivery } from '../sessions/delivery-text.ts';
import { Icon } from '../icons/icon.ts';
import { PageFrame } from '../page/page-frame.ts';
import { ListView } from '../sessions/list-view.ts';
import { Toasts } from '../toasts/toasts.ts';
import { changedText, matching, publicationText, shownAtMost } from './profile-text.ts';
import { Profiles, type Publication } from './profiles.ts';
import { PublicationPreview } from './publication-preview.ts';
import { RenameProfile } from './rename-profile.ts';

/** The dialog over the page. */
type Overlay =
  | { readonly kind: 'rename'; readonly profile: Profile }
  | {
      readonly kind: 'preview';
      readonly publication: Publication;
      readonly result: PublicationResult;
    };

/** The AWS profiles that Stint uses: their names, and the permanent ones in the AWS config file. */
@Component({
  selector: 'stint-profiles-page',
  imports: [Icon, PageFrame, PublicationPreview, RenameProfile],
  providers: [Profiles],
  templateUrl: './profiles-page.html',
  styleUrls: ['../page/page-content.css', './profiles-page.css'],
})
export class ProfilesPage {
  protected readonly profiles = inject(Profiles);
  readonly #view = inject(ListView);
  readonly #toasts = inject(Toasts);
  protected readonly overlay = signal<Overlay | undefined>(undefined);
  protected readonly query = signal('');
  protected readonly working = signal(false);
  protected readonly found = computed(() => matching(this.profiles.items() ?? [], this.query()));
  protected readonly shown = computed(() => this.found().slice(0, shownAtMost));
  protected readonly published = computed(
    () => this.profiles.items()?.filter(({ published }) => published).length ?? 0,
  );
  protected readonly summary = computed(() => {
    const items = this.profiles.items();
    return items === undefined ? '' : `${items.length} in use, ${this.published()} published`;
  });
  protected readonly publicationText = publicationText;

  protected delivery(delivery: string): string {
    return isDelivery(delivery) ? deliveryLabel(delivery) : delivery;
  }

  protected showSession(sessionId: string): void {
    this.#view.reveal(sessionId);
  }

  /** Asks first what would change. */
  protected async preview(publication: Publication): Promise<void> {
    await this.#work(async () => {
      const result = await this.profiles.publish(publication, true);
      this.overlay.set({ kind: 'preview', publication, result });
    });
  }

  protected async apply(publication: Publication): Promise<void> {
    await this.#work(async () => {
      this.#toasts.success(changedText(await this.profiles.publish(publication, false)));
    });
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    try {
      await work();
    } catch (error) {
      this.#toasts.error(error);
    } finally {
      this.working.set(false);
    }
  }
}
