/* In the window of `npm run dev` only: looks for a newer build, and loads it with a fresh code. */
/* global fetch, location, setInterval */
let current;
setInterval(async () => {
  const answer = await fetch('/dev-build.json', { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok !== true) return;
  const { build, address } = await answer.json();
  if (current !== undefined && build !== current) {
    location.href = address;
    location.reload();
  }
  current = build;
}, 500);
