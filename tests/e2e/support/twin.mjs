// A running twin: the one the environment names, or a fresh `pome twin start`.
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const binary = fileURLToPath(new URL('../../../build/bin/pome', import.meta.url));

/** A session token for a login: HS256 over the twin's secret. */
function token(secret, sid, login) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sid, team_id: 'local', login, exp: Math.floor(Date.now() / 1000) + 3600 };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function describe(values, secret, stop) {
  const rest = values.POME_GITHUB_REST_URL.replace(/\/$/, '');
  const sid = /\/s\/([^/]+)$/.exec(rest)?.[1];
  const origin = new URL(rest).origin;
  return {
    rest,
    /** A token of that login; the twin's own token when its secret is unknown. */
    token: (login) => (secret ? token(secret, sid, login) : values.POME_AUTH_TOKEN),
    /** Replaces the world. */
    async seed(world) {
      const answer = await fetch(`${origin}/admin/seed`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(world),
      });
      if (!answer.ok) throw new Error(`/admin/seed answered ${answer.status}: ${await answer.text()}`);
    },
    stop,
  };
}

export async function startTwin() {
  const { POME_GITHUB_REST_URL, POME_AUTH_TOKEN, TWIN_AUTH_SECRET } = process.env;
  if (POME_GITHUB_REST_URL) {
    return describe({ POME_GITHUB_REST_URL, POME_AUTH_TOKEN }, TWIN_AUTH_SECRET, async () => {});
  }
  if (!existsSync(binary)) throw new Error('build/bin/pome is missing: build the native preset first');
  const secret = randomBytes(32).toString('hex');
  const child = spawn(binary, ['twin', 'start', 'github', '--port', '0'], {
    env: { ...process.env, TWIN_AUTH_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const values = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [name, value] = line.split(/=(.*)/s);
    if (value !== undefined) values[name] = value;
    if (values.POME_GITHUB_REST_URL && values.POME_AUTH_TOKEN) break;
  }
  if (!values.POME_GITHUB_REST_URL) throw new Error('`pome twin start` ended without printing its address');
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return describe(values, secret, stop);
}
