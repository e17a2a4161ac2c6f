import { Component, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';

/** The least that an Angular page does; `npm run bench` measures the window beside it. */
@Component({ selector: 'empty-page', template: '<h1>Empty</h1>' })
class EmptyPage {}

await bootstrapApplication(EmptyPage, { providers: [provideZonelessChangeDetection()] });
