import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { API_BASE } from '#contract/route.ts';
import { PUBLISHED_SIDE_MAX_PX } from '#domain/generation/image-shape.ts';
import { openBenchStudio, type BenchStudio } from './bench-studio.ts';
import { observeConditions } from './conditions.ts';
import { percentile } from './report/statistics.ts';
import { readRecord, writeRecord } from './report/record.ts';
import type { UploadResults, UploadTimes } from './report/results.ts';
import { startApi } from './rounds/start-api.ts';

const USAGE = `Measures the upload of a photo of 12 megapixels over HTTP, and the same decoding, scaling and encoding by sharp alone.

  npm run bench:uploads -- [--rounds 100] [--record]

  --record  writes docs/performance.md and docs/performance.json
`;
const [WIDTH_PX, HEIGHT_PX] = [4_000, 3_000];
/** Of a camera at high ISO. */
const NOISE = { type: 'gaussian', mean: 128, sigma: 24 } as const;
const CAMERA_QUALITY = 92;
/** Until processes are started and code is compiled. */
const WARM_UP_ROUNDS = 5;
const REQUEST_TIMEOUT_MS = 30_000;

type Upload = (photo: Buffer) => Promise<void>;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const { values } = parseArgs({
    args: argv,
    options: {
      rounds: { type: 'string', default: '100' },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const completeConditions = await observeConditions('bench:uploads', argv);
  const studio = await openBenchStudio(0, 512);
  try {
    const measured = await measureUploads(studio, Number(values.rounds));
    const uploads = { ...measured, conditions: completeConditions() };
    process.stdout.write(`${JSON.stringify(uploads, null, 2)}\n`);
    const record = values.record ? await readRecord() : undefined;
    if (record) await writeRecord({ ...record, uploads });
  } finally {
    await studio.close();
  }
}

/** One upload at a time, alternating with sharp, because the machine may be busy. */
async function measureUploads(studio: BenchStudio, rounds: number): Promise<Omit<UploadResults, 'conditions'>> {
  const photo = await drawPhoto();
  const { upload, stop } = await openUploads(studio);
  try {
    const times = { api: [] as number[], sharp: [] as number[] };
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      const api = await timeOf(() => upload(photo));
      const alone = await timeOf(() => bySharp(photo));
      if (round < 0) continue;
      times.api.push(api);
      times.sharp.push(alone);
    }
    return { megabytes: photo.length / 1e6, api: timesOf(times.api), sharp: timesOf(times.sharp) };
  } finally {
    await stop();
  }
}

/** Users take turns: each may have only so many reference images. */
async function openUploads(studio: BenchStudio): Promise<{ upload: Upload; stop: () => Promise<void> }> {
  const api = await startApi(studio);
  const tokens = [...api.tokens.values()];
  let sent = 0;
  return {
    stop: () => api.stop(),
    async upload(photo) {
      const token = tokens[(sent += 1) % tokens.length];
      const body = new FormData();
      body.set('image', new File([new Uint8Array(photo)], 'photo.jpg', { type: 'image/jpeg' }));
      const response = await fetch(`${api.url}${API_BASE}/uploads`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() },
        body,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      if (response.status !== 201) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    },
  };
}

/** What the API makes of a reference image. */
async function bySharp(photo: Buffer): Promise<void> {
  await sharp(photo)
    .autoOrient()
    .resize(PUBLISHED_SIDE_MAX_PX, PUBLISHED_SIDE_MAX_PX, { fit: 'inside' })
    .webp({ quality: 90, effort: 2 })
    .toBuffer();
}

async function drawPhoto(): Promise<Buffer> {
  const size = { width: WIDTH_PX, height: HEIGHT_PX } as const;
  const noise = await sharp({ create: { ...size, channels: 3, background: '#888', noise: NOISE } })
    .png()
    .toBuffer();
  const sky = `<svg width="${WIDTH_PX}" height="${HEIGHT_PX}"><defs><linearGradient id="g" x2="0" y2="1">
    <stop offset="0" stop-color="#69c"/><stop offset="1" stop-color="#fc9"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)" fill-opacity="0.5"/><circle cx="1900" cy="1600" r="900" fill="#753" fill-opacity="0.5"/></svg>`;
  return sharp(noise)
    .composite([{ input: Buffer.from(sky) }])
    .removeAlpha()
    .jpeg({ quality: CAMERA_QUALITY })
    .toBuffer();
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function timesOf(values: readonly number[]): UploadTimes {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
