import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Filters for operators in the Temporal UI: opaque ids and enum values. Must be registered on the namespace. */
export const SEARCH_ATTRIBUTES = {
  accountId: defineSearchAttributeKey('AccountId', SearchAttributeType.KEYWORD),
  projectId: defineSearchAttributeKey('ProjectId', SearchAttributeType.KEYWORD),
  sourceType: defineSearchAttributeKey('SourceType', SearchAttributeType.KEYWORD),
  tier: defineSearchAttributeKey('Tier', SearchAttributeType.KEYWORD),
} as const;
