/* The window while it is developed: at `/components` every component in every state instead. */

async function start(): Promise<void> {
  if (location.pathname !== '/components') {
    await import('./main.ts');
    return;
  }
  const [{ bootstrapApplication }, { ComponentsPage }] = await Promise.all([
    import('@angular/platform-browser'),
    import('./app/components/components-page.ts'),
  ]);
  await bootstrapApplication(ComponentsPage);
}

start().catch(reportError);

export {};
