import { Agent, request as httpRequest } from 'node:http';
import pg from 'pg';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { withClient } from '#stack/postgres/databases.ts';
import type { TemporaryStack } from '#tests/support/temporary-stack.ts';
import { inDatabase, observerUrl } from '../meter/statement-statistics.ts';
import { tinyImage } from '../instant-provider.ts';
import type { Generate } from './round.ts';

export const FLOOR_DATABASE = 'bench_floor';
/** Credits. */
const PRICE = DEFAULT_PRICES.generate;

/** Tables of its own, so that a change of the product does not move what it is compared with. */
const TABLES = `
  CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    available bigint NOT NULL CHECK (available >= 0),
    held bigint NOT NULL DEFAULT 0 CHECK (held >= 0)
  );
  CREATE TABLE transfers (
    generation uuid NOT NULL,
    kind text NOT NULL,
    account uuid NOT NULL,
    amount integer NOT NULL,
    PRIMARY KEY (generation, kind)
  );
  CREATE TABLE avatars (
    id uuid PRIMARY KEY,
    account uuid NOT NULL,
    image text NOT NULL,
    thumbnail text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );`;

const RESERVE = {
  name: 'reserve',
  text: `WITH moved AS (
      UPDATE accounts SET available = available - $3, held = held + $3 WHERE id = $2 RETURNING id
    ) INSERT INTO transfers (generation, kind, account, amount) SELECT $1, 'reserve', id, $3 FROM moved`,
};
const RECORD = {
  name: 'record',
  text: `WITH moved AS (
      UPDATE accounts SET held = held - $3 WHERE id = $2 RETURNING id
    ), captured AS (
      INSERT INTO transfers (generation, kind, account, amount) SELECT $1, 'capture', id, $3 FROM moved RETURNING generation
    ) INSERT INTO avatars (id, account, image, thumbnail) SELECT generation, $2, $4, $5 FROM captured`,
};

export interface Floor {
  readonly generate: Generate;
  close(): Promise<void>;
}

/** Creates the floor's database without any account. */
export async function createFloorDatabase({ databaseOwnerUrl }: TemporaryStack): Promise<void> {
  await withClient(observerUrl(databaseOwnerUrl), (owner) => owner.query(`CREATE DATABASE ${FLOOR_DATABASE}`));
  await withClient(inDatabase(databaseOwnerUrl, FLOOR_DATABASE), (owner) => owner.query(TABLES));
}

/**
 * The least that one avatar can cost in this process, on this Postgres and this bucket: reserve, an instant provider, two files, and
 * avatar and capture in one statement. Nothing survives a crash, nothing is checked, nobody is notified.
 */
export async function openFloor(
  { databaseOwnerUrl, storage }: TemporaryStack,
  accountIds: readonly string[],
  lanes: number,
): Promise<Floor> {
  const url = inDatabase(databaseOwnerUrl, FLOOR_DATABASE);
  await withClient(url, (owner) =>
    owner.query('INSERT INTO accounts (id, available) SELECT unnest($1::uuid[]), 1e9', [accountIds]),
  );
  const pool = new pg.Pool({ connectionString: url, max: lanes });
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const upload = `${storage.endpoint}/upload/storage/v1/b/${storage.bucket}/o?uploadType=media&ifGenerationMatch=0`;
  const bytes = await tinyImage();
  return {
    async generate({ id, accountId }) {
      await pool.query({ ...RESERVE, values: [id, accountId, PRICE] });
      const [image, thumbnail] = [`floor/${id}/image`, `floor/${id}/thumb`];
      await Promise.all(
        [image, thumbnail].map((name) => send(agent, `${upload}&name=${encodeURIComponent(name)}`, bytes)),
      );
      await pool.query({ ...RECORD, values: [id, accountId, PRICE, image, thumbnail] });
      return {};
    },
    async close() {
      agent.destroy();
      await pool.end();
    },
  };
}

/** By node:http, which costs less than `fetch`. @throws when the bucket refuses the file */
function send(agent: Agent, url: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'image/png', 'content-length': bytes.length };
    const sent = httpRequest(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The bucket answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject);
    sent.end(bytes);
  });
}
