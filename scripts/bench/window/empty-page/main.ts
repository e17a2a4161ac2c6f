import { Component, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';

/** The least that an Angular page does: it starts, and shows what is typed. */
@Component({
  selector: 'stint-empty-page',
  template: `
    <h1>Empty page</h1>
    <input #field type="search" aria-label="Text" (input)="text.set(field.value)" />
    <output>{{ text() }}</output>
  `,
})
class EmptyPage {
  protected readonly text = signal('');
}

await bootstrapApplication(EmptyPage);
