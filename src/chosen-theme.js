/* global document, localStorage */

// Before anything is drawn: a person who chose the other theme than that of the system sees no flash (app/theme/theme.ts).
const chosen = localStorage.getItem('stint.look');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
