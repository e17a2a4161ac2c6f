import './app/without-eval.ts';
import { bootstrapApplication } from '@angular/platform-browser';
import { StintWindow } from './app/shell/stint-window.ts';

void bootstrapApplication(StintWindow);
