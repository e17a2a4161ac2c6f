/** Marks an answer whose text is for the clipboard; the desktop app keeps it from its page. */
export const clipboardHeader = 'stint-clipboard';
