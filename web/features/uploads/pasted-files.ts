/** Inputs that take text. */
const TEXT_FIELD = 'textarea, input:not([type=range], [type=file], [type=checkbox], [type=radio], [type=button])';

/** The files of a paste, unless it is text for a field: spreadsheets and browsers add an image to copied text. */
export function pastedFiles({ clipboardData, target }: ClipboardEvent): readonly File[] {
  const isTextField = target instanceof HTMLElement && (target.isContentEditable || target.matches(TEXT_FIELD));
  if (isTextField && clipboardData?.getData('text/plain')) return [];
  return [...(clipboardData?.files ?? [])];
}
