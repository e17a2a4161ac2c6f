import { contextBridge } from 'electron';

/*
 * All that the page learns from the shell: that it is in one, and on which platform, for the names
 * of keys. Everything else it asks of the HTTP app, as in a browser.
 */
contextBridge.exposeInMainWorld('stintDesktop', Object.freeze({ platform: process.platform }));
