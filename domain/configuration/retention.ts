/** Records that are deleted by age. Generations, attempts and transfers are not among them: their ids make a repeated request safe. */
export const RECORD_KINDS = ['usage', 'deliveries', 'audit', 'notifications'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
/** Kinds that are written to the bucket before they are deleted. */
export type ExportedKind = Exclude<RecordKind, 'notifications'>;

interface RetentionRule {
  /** Days that a record stays in the database. */
  readonly defaultDays: number;
  /** Below this, pages would miss what they promise to show. */
  readonly minDays: number;
  readonly isExported: boolean;
}

export const RETENTION_RULES: Readonly<Record<RecordKind, RetentionRule>> = {
  // The sums by hour stay (usage_hours).
  usage: { defaultDays: 400, minDays: 31, isExported: true },
  deliveries: { defaultDays: 30, minDays: 7, isExported: true },
  audit: { defaultDays: 730, minDays: 90, isExported: true },
  // What they tell is also in the lists they link to.
  notifications: { defaultDays: 180, minDays: 7, isExported: false },
};

/** Days by kind. */
export type Retention = Readonly<Record<RecordKind, number>>;

export const DEFAULT_RETENTION: Retention = {
  usage: RETENTION_RULES.usage.defaultDays,
  deliveries: RETENTION_RULES.deliveries.defaultDays,
  audit: RETENTION_RULES.audit.defaultDays,
  notifications: RETENTION_RULES.notifications.defaultDays,
};
