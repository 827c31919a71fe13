import { toast } from 'sonner';

/** Copies text to the clipboard and shows a toast with the outcome. */
export async function copyText(text: string, message: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(message);
  } catch {
    toast.error('The browser blocked copying to the clipboard.');
  }
}
