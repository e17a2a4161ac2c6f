import { Injectable, signal } from '@angular/core';

/** The page that the window shows. */
@Injectable({ providedIn: 'root' })
export class Page {
  readonly shown = signal<'sessions' | 'integrations'>('sessions');
}
