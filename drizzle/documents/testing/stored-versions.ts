import { readdirSync, readFileSync } from 'node:fs';
import { DOCUMENTS } from '../documents.ts';

const FOLDER = new URL('../versions/', import.meta.url);

export type AnyKind = (typeof DOCUMENTS)[keyof typeof DOCUMENTS];
export const KINDS: readonly AnyKind[] = Object.values(DOCUMENTS);

/** The names of all files of stored documents. */
export const VERSION_FILES: readonly string[] = readdirSync(FOLDER);

/** Documents as a release stored them, in their various forms. */
export function storedDocuments({ name }: AnyKind, version: number): unknown[] {
  return JSON.parse(readFileSync(new URL(`${name}.v${version}.json`, FOLDER), 'utf8')) as unknown[];
}
