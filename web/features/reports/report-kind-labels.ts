import type { ReportKind } from '#domain/moderation/report.ts';

export const REPORT_KIND_LABELS: Readonly<Record<ReportKind, string>> = {
  likeness: 'Shows a real person without consent',
  copyright: 'Violates a copyright',
  other: 'Other reason',
};
