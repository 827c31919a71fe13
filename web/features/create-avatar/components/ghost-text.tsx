interface GhostTextProps {
  readonly text: string;
  readonly ghost: string | undefined;
  /** Why this is suggested. */
  readonly reason: string | undefined;
  /** The class of the text field, so that both texts align. */
  readonly className: string;
}

/** A suggested completion in gray, laid over the text field after the typed text. */
export function GhostText({ text, ghost, reason, className }: GhostTextProps) {
  return (
    <>
      {ghost !== undefined && (
        <div
          aria-hidden="true"
          dir="auto"
          className={`${className} pointer-events-none absolute inset-0 overflow-hidden border-transparent! bg-transparent! whitespace-pre-wrap text-ink-3`}
        >
          <span className="invisible">{text}</span>
          {ghost}
          <kbd className="ml-1.5 rounded-[3px] px-1 inset-ring inset-ring-line pointer-coarse:hidden">Tab</kbd>
        </div>
      )}
      <span role="status" className="sr-only">
        {ghost !== undefined && `Suggestion: ${ghost.trim()}. ${reason ?? ''}. Press Tab to accept.`}
      </span>
    </>
  );
}
