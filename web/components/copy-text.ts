import { toast } from 'sonner';

/** Puts words on the clipboard and says so, or that the browser forbids it. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast.error('The browser did not allow copying.');
  }
}
