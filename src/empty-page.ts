import { Component, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';

/** The least that an Angular page does; `npm run bench` measures the window beside it. */
@Component({ selector: 'stint-window', template: '<h1>{{ title }}</h1>' })
class EmptyPage {
  protected readonly title = 'Empty';
}

const providers = [provideZonelessChangeDetection()];
bootstrapApplication(EmptyPage, { providers }).catch(reportError);
