/** Why an avatar is reported. `likeness`: it shows a real person without consent. */
export const REPORT_KINDS = ['likeness', 'copyright', 'other'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** How a report was closed. Taking down an avatar closes all of its reports. */
export const REPORT_DECISIONS = ['taken_down', 'dismissed'] as const;

export const REPORT_LIMITS = {
  statementMaxLength: 2_000,
  /** Told to the avatar's user. */
  reasonMaxLength: 500,
  /** Undecided reports of one account. */
  openMax: 20,
} as const;
