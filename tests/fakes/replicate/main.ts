/** `node tests/fakes/replicate/main.ts [port]`: runs the fake as its own process, controlled through `/__fake/…`. */
import { createFakeReplicate } from './fake-replicate.ts';

const fake = await createFakeReplicate({ port: Number(process.argv[2] ?? 0) });
console.log(`Fake Replicate: REPLICATE_BASE_URL=${fake.url} REPLICATE_API_TOKEN=${fake.token}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fake.stop());
