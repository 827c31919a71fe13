/** A color sample, shown next to the color's name and never without it. */
export function Swatch({ hex, large = false }: { readonly hex: string; readonly large?: boolean }) {
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: hex }}
      className={`shrink-0 forced-color-adjust-none rounded-swatch inset-ring inset-ring-ink/25 ${large ? 'size-[18px]' : 'size-3.5'}`}
    />
  );
}
