import { contextBridge } from 'electron';

/*
 * All that the page learns from the desktop app: that it runs in it, and the platform, for the names
 * of keys. It gets everything else from the HTTP app, as in a browser.
 */
contextBridge.exposeInMainWorld('stintDesktop', Object.freeze({ platform: process.platform }));
