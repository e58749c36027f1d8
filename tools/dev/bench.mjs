// `npm run bench`: measures the hot paths on this machine. Prints medians and ratios; asserts nothing.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { binary, build, buildNative, buildPage } from './build.mjs';
import { startControlPlane } from './control-plane.mjs';
import { root, setUp } from './setup.mjs';

setUp('bench');
buildNative();
buildPage();
build('gcc', 'pome_echo', 'core_bench');
build('wasm', 'core_bench');

const folder = mkdtempSync(`${tmpdir()}/pome-bench-`);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const rows = [];
const report = (name, value, target) => {
  rows.push([name, value, target]);
  console.log(`${name.padEnd(58)} ${String(value).padEnd(30)} target ${target}`);
};

function call(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const req = request(url, { method, headers, agent }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve({ status: res.statusCode, text }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

async function sessions(plane, key) {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const times = [];
  for (let i = 0; i < 600; i += 1) {
    const began = process.hrtime.bigint();
    const made = await call(`${plane.url}/v1/sessions`, 'POST', headers, '{"twins":["github"],"scenario_source":"IyBY"}');
    if (made.status >= 300) throw new Error(`session create answered ${made.status}: ${made.text}`);
    await call(`${plane.url}/v1/sessions/${JSON.parse(made.text).session_id}`, 'DELETE', headers);
    if (i >= 100) times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  report('session create + delete over loopback, p50', `${median(times).toFixed(2)} ms`, '< 1 ms');
}

function hostedRun(plane, key) {
  const env = { ...process.env, POME_API_KEY: key };
  const times = [];
  for (let i = 0; i < 9; i += 1) {
    const began = process.hrtime.bigint();
    const done = spawnSync(binary, ['run', 'scenarios/01-bug-happy-path.md', '--hosted', '--api-url', plane.url, '--agent', 'true', '--artifacts-dir', `${folder}/runs`],
      { cwd: root, env });
    if (done.status !== 1) throw new Error(`the run of a do-nothing agent answered ${done.status}: ${done.stderr}`);
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  const own = [];
  for (let i = 0; i < 9; i += 1) {
    const began = process.hrtime.bigint();
    spawnSync('true');
    spawnSync('true');
    own.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  report('hosted run with --agent true, wall', `${median(times).toFixed(0)} ms (agent ${median(own).toFixed(0)} ms)`, '< 100 ms besides the agent');
}

function readyLines(child, wanted) {
  return new Promise((resolve, reject) => {
    const values = {};
    child.on('exit', (code) => reject(new Error(`a server ended early (${code})`)));
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      for (const line of text.split('\n')) {
        const at = line.indexOf('=');
        if (at > 0) values[line.slice(0, at)] = line.slice(at + 1);
      }
      if (wanted.every((name) => values[name])) resolve(values);
    });
  });
}

function wrk(url, token) {
  const args = ['-t1', '-c16', '-d3s', ...(token ? ['-H', `Authorization: Bearer ${token}`] : []), url];
  const text = spawnSync('wrk', args, { encoding: 'utf8' }).stdout;
  if (/Non-2xx/.test(text)) throw new Error(`wrk got errors from ${url}\n${text}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]);
}

async function throughput() {
  const twin = spawn(binary, ['twin', 'start', 'github', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const echo = spawn(`${root}/build/gcc/tests/bench/pome_echo`, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const env = await readyLines(twin, ['POME_GITHUB_REST_URL', 'POME_AUTH_TOKEN']);
    const bare = await readyLines(echo, ['POME_ECHO_URL']);
    const issue = [];
    const plain = [];
    for (let i = 0; i < 5; i += 1) {
      issue.push(wrk(`${env.POME_GITHUB_REST_URL}/repos/acme/api/issues/1`, env.POME_AUTH_TOKEN));
      plain.push(wrk(bare.POME_ECHO_URL));
    }
    report('GET issue, wrk -t1 -c16, authentication and tape on', `${Math.round(median(issue))}/s`, '>= 25000/s');
    report('  of a bare echo of the same server library', `${Math.round((100 * median(issue)) / median(plain))} % of ${Math.round(median(plain))}/s`, '>= 60 %');
  } finally {
    twin.kill();
    echo.kill();
  }
}

function core() {
  const native = JSON.parse(spawnSync(`${root}/build/gcc/tests/bench/core_bench`, { cwd: root, encoding: 'utf8' }).stdout);
  const wasm = JSON.parse(spawnSync(process.execPath, ['build/wasm/tests/bench/core_bench.js'], { cwd: root, encoding: 'utf8' }).stdout);
  const targets = {
    'parse + evaluate scenario 01': ['< 300 us', '<= 3.5x'],
    '50 criteria over them': ['< 2000 us', '< 6000 us'],
    'search over 1,000 issues': ['< 2000 us'],
    'state export of 1,000 issues': ['< 20000 us'],
    'merge in a repository of 1,000 files': ['< 20000 us'],
  };
  for (const [name, micros] of Object.entries(native.micros)) {
    const [here = '-', there = '-'] = targets[name] ?? [];
    report(`${name}, native`, `${micros.toFixed(1)} us`, here);
    report('  in wasm', `${wasm.micros[name].toFixed(1)} us (${(wasm.micros[name] / micros).toFixed(1)}x)`, there);
  }
  for (const [name, bytes] of Object.entries(native.bytes)) {
    report(`memory: ${name}`, `${(bytes / 1024).toFixed(1)} KB`, name.startsWith('one of') ? '< 64 KB' : '< 2048 KB');
  }
}

function sizes() {
  const bytes = readFileSync(`${root}/wasm/package/dist/pome.wasm`);
  report('wasm', `${(statSync(`${root}/wasm/package/dist/pome.wasm`).size / 1024).toFixed(0)} KB, gzip ${(gzipSync(bytes, { level: 9 }).length / 1024).toFixed(0)} KB`, '< 450 KB gzip');
}

const chromiumOptions = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] };

async function page(plane) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch(chromiumOptions);
  const times = [];
  try {
    for (let i = 0; i < 5; i += 1) {
      const context = await browser.newContext();
      const tab = await context.newPage();
      const began = Date.now();
      await tab.goto(plane.url);
      await tab.waitForFunction(() => document.documentElement.dataset.ready === 'true');
      times.push(Date.now() - began);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  report('page ready, cold load from loopback', `${median(times)} ms`, '< 1000 ms');
}

/** One stored run copied a thousand times, scored again in the page. */
async function rescore(plane) {
  const runs = `${folder}/rescore`;
  spawnSync(binary, ['run', `${root}/scenarios/01-bug-happy-path.md`, '--artifacts-dir', `${folder}/one`, '--quiet'], { cwd: folder });
  const task = `${folder}/one/01-bug-happy-path`;
  const run = `${task}/${readdirSync(task).find((name) => name.startsWith('run_'))}`;
  for (let i = 0; i < 1000; i += 1) cpSync(run, `${runs}/run_${i}`, { recursive: true });
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch(chromiumOptions);
  try {
    const tab = await browser.newPage();
    await tab.goto(`${plane.url}/?rescore`);
    await tab.waitForFunction(() => document.documentElement.dataset.ready === 'true');
    await tab.setInputFiles('#rescore-folder', runs, { timeout: 120_000 });
    const began = Date.now();
    await tab.waitForFunction(() => /rescored in/.test(document.querySelector('#rescore-status').textContent), null, { timeout: 120_000 });
    const said = /rescored in ([\d.]+) s/.exec(await tab.textContent('#rescore-status'))[1];
    report('rescore 1,000 stored runs in the page', `${said} s (seen ${((Date.now() - began) / 1000).toFixed(1)} s after choosing)`, '< 10 s');
  } finally {
    await browser.close();
  }
}

console.log(`machine: ${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}`);
const plane = await startControlPlane(['--port', '0', '--data', `${folder}/data`], { quiet: true });
try {
  const key = readFileSync(plane.keyFile, 'utf8').trim();
  await sessions(plane, key);
  hostedRun(plane, key);
  await throughput();
  core();
  sizes();
  await page(plane);
  await rescore(plane);
} finally {
  agent.destroy();
  await plane.stop();
  rmSync(folder, { recursive: true, force: true });
}
