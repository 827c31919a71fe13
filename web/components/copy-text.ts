import { toast } from 'sonner';
import { writeToClipboard } from '../browser/clipboard.ts';

/** Copies text to the clipboard and shows a toast with the outcome. */
export async function copyText(text: string, message: string): Promise<void> {
  try {
    await writeToClipboard(text);
    toast(message);
  } catch {
    toast.error('The browser blocked copying. Select the text and copy it yourself.');
  }
}
