// Starts `pome serve` and waits until it answers; its ready lines (NAME=value) become an object.
import { spawn } from 'node:child_process';
import { binary } from './build.mjs';
import { root } from './setup.mjs';

/** @returns {Promise<{url: string, signinUrl: string, keyFile: string, stop: () => Promise<void>, exited: Promise<number>}>} */
export function startControlPlane(args, { quiet = false } = {}) {
  const child = spawn(binary, ['serve', ...args], { cwd: root, stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'] });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => { errors += text; });
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ? 1 : code)));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return new Promise((resolve, reject) => {
    const values = {};
    let text = '';
    child.on('error', reject);
    exited.then((code) => reject(new Error(`pome serve ended with exit code ${code} before it was ready. ${errors.trim()}`)));
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop();
      for (const line of lines) {
        const [name, ...value] = line.split('=');
        values[name] = value.join('=');
      }
      if (values.POME_URL && values.POME_SIGNIN_URL && values.POME_API_KEY_FILE) {
        resolve({ url: values.POME_URL, signinUrl: values.POME_SIGNIN_URL, keyFile: values.POME_API_KEY_FILE, stop, exited });
      }
    });
  });
}
