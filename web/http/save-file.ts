/** Browsers read the URL of a download only a moment after the click. */
const READ_WITHIN_MS = 60_000;

/** Starts a browser download of the bytes. */
export function saveFile(bytes: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_WITHIN_MS);
}
