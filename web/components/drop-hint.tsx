import { ImageUp } from 'lucide-react';

/** Says what dropping does, while a file is dragged over the page. */
export function DropHint({ text }: { readonly text: string }) {
  return (
    <p
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-8 z-20 mx-auto flex w-fit items-center gap-2 rounded-dialog border border-line bg-raised px-4 py-3 shadow-float"
    >
      <ImageUp size={20} strokeWidth={1.5} aria-hidden="true" /> {text}
    </p>
  );
}
