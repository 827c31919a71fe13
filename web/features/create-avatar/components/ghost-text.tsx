interface GhostTextProps {
  readonly text: string;
  readonly ghost: string | undefined;
  /** Where the suggestion comes from. */
  readonly reason: string | undefined;
  /** The field's own, so that the letters fall into the same places. */
  readonly className: string;
}

/** How the words might go on, laid over the field behind what is written. */
export function GhostText({ text, ghost, reason, className }: GhostTextProps) {
  return (
    <>
      {ghost !== undefined && (
        <div
          aria-hidden="true"
          dir="auto"
          className={`${className} pointer-events-none absolute inset-0 overflow-hidden border-transparent! bg-transparent! break-words whitespace-pre-wrap text-ink-3`}
        >
          <span className="invisible">{text}</span>
          {ghost}
          <kbd className="ml-1.5 rounded-[3px] px-1 inset-ring inset-ring-line">Tab</kbd>
        </div>
      )}
      <span role="status" className="sr-only">
        {ghost !== undefined && `Suggestion: ${ghost.trim()}. ${reason ?? ''}. Tab takes it.`}
      </span>
    </>
  );
}
