// Prints the sizes of the built module: node sizes.mjs <folder>.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

for (const name of ['pome.wasm', 'pome.mjs']) {
  const bytes = readFileSync(join(process.argv[2], name));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${(bytes.length / 1000).toFixed(1)} kB raw, ${(gzip / 1000).toFixed(1)} kB gzip`);
}
