import { Injectable, signal } from '@angular/core';

/** Which page fills the window. */
@Injectable({ providedIn: 'root' })
export class Page {
  readonly shown = signal<'sessions' | 'integrations'>('sessions');
}
