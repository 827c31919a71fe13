import { appendFileSync, createReadStream } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findCanaries } from './canaries.ts';

/** Set by the run's setup, which the processes of the tests inherit. */
const FOLDER_VARIABLE = 'TEST_LOGS_FOLDER';
const PREFIX = 'avatar-test-logs-';
/** A text a row, as JSON. */
const SENT_TEXTS = 'sent-texts.jsonl';
/** Shorter ones may be part of a message. */
const SENT_LENGTH_MIN = 20;
const READ_BYTES = 2 ** 24;
/** Of parts that are read one after the other: no forbidden text is longer. */
const OVERLAP_LENGTH = 2 ** 14;

/** Logs of all processes under test are collected until the end of the run, in a folder that only we can read. */
export async function openCollectedLogs(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  process.env[FOLDER_VARIABLE] = folder;
  return folder;
}

/** @param name of the process @returns appends to a log that is collected; without a run's setup, does nothing */
export function collectLog(name: string): (text: string) => void {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) return () => undefined;
  const file = join(folder, `${name}-${randomUUID()}.log`);
  // At once, because the process may be killed.
  return (text) => appendFileSync(file, text);
}

/** The texts that this process has sent. */
const sentTexts = new Set<string>();

/** No log may contain a longer text of a request's body: a prompt, a story, a description. */
export function noteSentTexts(body: unknown): void {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) return;
  for (const text of textsIn(body)) {
    if (text.length < SENT_LENGTH_MIN || !text.includes(' ') || sentTexts.has(text)) continue;
    sentTexts.add(text);
    appendFileSync(join(folder, SENT_TEXTS), `${JSON.stringify(text)}\n`);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

async function readSentTexts(folder: string): Promise<string[]> {
  const rows = await readFile(join(folder, SENT_TEXTS), 'utf8').catch(() => '');
  return [...new Set(rows.split('\n').filter(Boolean))].map((row) => JSON.parse(row) as string);
}

/** Collects the logs of a stack's servers before its data folder is removed. */
export async function collectLogsOf(dataDir: string): Promise<void> {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) return;
  const logs = join(dataDir, 'logs');
  await cp(logs, join(folder, basename(dataDir)), { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}

/** Reads in parts: after an hour of outages, the log of Temporal has gigabytes. */
async function findIn(path: string, forbidden: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  let end = '';
  for await (const part of createReadStream(path, { encoding: 'utf8', highWaterMark: READ_BYTES })) {
    const text = end + (part as string);
    for (const each of findCanaries(text, forbidden)) found.add(each);
    end = text.slice(-OVERLAP_LENGTH);
  }
  return [...found];
}

/**
 * Removes the folder unless a log contains a secret or personal data.
 * @throws Error that names the logs and what they contain
 */
export async function checkCollectedLogs(folder: string, secrets: readonly string[]): Promise<void> {
  const faults: string[] = [];
  const forbidden = [...secrets, ...(await readSentTexts(folder))];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === SENT_TEXTS) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await findIn(path, forbidden);
    if (found.length > 0) faults.push(`${path} contains\n  ${found.join('\n  ')}`);
  }
  if (faults.length > 0) throw new Error(`Logs contain what must not be logged:\n${faults.join('\n')}`);
  await rm(folder, { recursive: true, force: true });
}
