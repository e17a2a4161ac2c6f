import { bootstrapApplication } from '@angular/platform-browser';
import { StintWindow } from './app/shell/stint-window.ts';

bootstrapApplication(StintWindow).catch((error: unknown) => {
  document.body.textContent = 'The window could not start. Reload the page to try again.';
  reportError(error);
});
