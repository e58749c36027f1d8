// Starts `pome serve` on a free port with a data folder of its own. POME_BIN names another binary.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './support.mjs';

const binary = process.env.POME_BIN ?? `${root}/build/bin/pome`;

export async function startPome() {
  const data = mkdtempSync(join(tmpdir(), 'pome-e2e-'));
  const child = spawn(binary, ['serve', '--json', '--port', '0', '--data', data, '--web', `${root}/web/dist`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { complaints += text; });
  const ready = await new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => resolve(JSON.parse(line)));
    child.once('exit', (code) => reject(new Error(`pome serve ended with ${code}: ${complaints}`)));
    child.once('error', reject);
  });
  return {
    origin: ready.url,
    signin: ready.signin_url,
    key: readFileSync(ready.api_key_file, 'utf8').trim(),
    data,
    stop: () => new Promise((resolve) => {
      child.once('exit', () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGTERM');
    }),
  };
}
