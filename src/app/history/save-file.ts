/** Saves a text as a file, where the browser saves its downloads. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the address is not needed any more.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  });
}
