import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { writeToClipboard } from '#web/browser/clipboard.ts';
import { Button } from '#web/components/button.tsx';
import { FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';

interface SecretDialogProps {
  readonly title: string;
  /** What it is for, in one sentence. */
  readonly purpose: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** Shows the secret once; it is not readable again. */
export function SecretDialog({ title, purpose, secret, onClose }: SecretDialogProps) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void writeToClipboard(secret).then(
      () => setCopied(true),
      () => setCopied(false), // clipboard access denied: the field next to it can be selected
    );
  return (
    <Sheet title={title} open onClose={onClose}>
      <div className="grid gap-4 overflow-y-auto p-4 md:p-6">
        <p className="leading-body text-pretty text-ink-2">{purpose} It is shown only once.</p>
        <textarea
          readOnly
          aria-label="Secret"
          rows={2}
          spellCheck={false}
          value={secret}
          onFocus={({ target }) => target.select()}
          className={`${FIELD_CLASS} resize-none font-mono text-13 break-all`}
        />
        <div className="flex gap-2">
          <Button size="large" onClick={copy}>
            {copied ? (
              <Check size={16} strokeWidth={1.5} aria-hidden="true" />
            ) : (
              <Copy size={16} strokeWidth={1.5} aria-hidden="true" />
            )}
            <span role="status">{copied ? 'Copied' : 'Copy'}</span>
          </Button>
          <Button tone="go" size="large" className="flex-1" onClick={onClose}>
            I have saved it
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
