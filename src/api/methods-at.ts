import type { ApiApp } from './context.ts';

/** The methods that `path` accepts; empty for an unknown path. */
export function methodsAt(app: ApiApp, path: string): readonly string[] {
  const segments = path.replace(/\/$/, '').split('/');
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const pattern = definition.route.path.split('/');
    const fits =
      pattern.length === segments.length &&
      pattern.every((part, index) => part.startsWith('{') || part === segments[index]);
    return fits ? [definition.route.method.toUpperCase()] : [];
  });
}
