// `npm start`: sets up, builds, and runs the first scenario hosted against an embedded control plane with the bundled octokit agent.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { binary, buildNative, buildPage } from './build.mjs';
import { startControlPlane } from './control-plane.mjs';
import { root, say, setUp } from './setup.mjs';

setUp('build');
buildNative();
buildPage();

const plane = await startControlPlane(['--port', '0', '--data', '.pome'], { quiet: true });
process.on('SIGINT', () => {});  // the run tidies up after Ctrl-C; then this script stops the control plane
let code = 2;
try {
  const env = { ...process.env, POME_API_KEY: readFileSync(plane.keyFile, 'utf8').trim() };
  const run = spawnSync(binary, ['run', 'scenarios/01-bug-happy-path.md', '--hosted', '--api-url', plane.url],
    { cwd: root, env, stdio: 'inherit' });
  code = run.status ?? 2;
} finally {
  await plane.stop();
}
say('the run is kept in .pome; `npm run serve` opens the playground and shows it again');
process.exit(code);
