// Starts the real binary and reads its ready lines (NAME=value on stdout).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const binary = process.env.POME_BIN ?? `${root}build/bin/pome`;

/** A folder that is removed when the test `t` ends. */
export function scratch(t) {
  const folder = mkdtempSync(`${tmpdir()}/pome-e2e-`);
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Runs a program to its end. */
export function finish(args, options = {}) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  return ended(child);
}

function ended(child) {
  const seen = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => { seen[name] += text; });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, stdout: '', stderr: String(error) }));
    child.on('close', (code, signal) => resolve({ code, signal, ...seen }));
  });
}

/**
 * Starts a server and waits for the line `ready` (a NAME, or a pattern for the whole line). `stop()` sends SIGTERM and
 * answers {code, signal, stdout, stderr}.
 */
export async function launch(t, args, { ready, ...options }) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const end = ended(child);
  t.after(() => { child.kill('SIGKILL'); return end; });
  const values = {};
  let text = '';
  await new Promise((resolve, reject) => {
    end.then(({ code, stderr }) => reject(new Error(`${args.join(' ')} ended with ${code}: ${stderr}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop();
      for (const line of lines) {
        values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
        if (ready instanceof RegExp ? ready.test(line) : values[ready]) resolve();
      }
    });
  });
  return { child, values, end, stop: (signal = 'SIGTERM') => { child.kill(signal); return end; } };
}

/** Sends exact bytes and answers everything the server says until it closes. */
export function raw(url, bytes, { half = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk) => { text += chunk; }).on('error', reject).on('close', () => resolve(text));
    socket.write(bytes);
    if (half) socket.end();
  });
}
