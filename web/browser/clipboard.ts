/**
 * Copies text, also where the page is not served securely: `navigator.clipboard` is missing there.
 * @throws Error when the browser does not allow it
 */
export async function writeToClipboard(text: string): Promise<void> {
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- missing in an insecure context
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'sr-only';
  // Within an open dialog, which keeps the focus.
  (focused?.closest('[role=dialog]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!copied) throw new Error('The browser did not copy');
}
