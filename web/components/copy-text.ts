import { toast } from 'sonner';

/** Puts words on the clipboard and says so, or that the browser forbids it. */
export function copyText(text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast(done),
    () => toast.error('The browser did not allow copying.'),
  );
}
