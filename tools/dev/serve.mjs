// `npm run serve`: builds what is missing and keeps the control plane and the playground open. Flags go to `pome serve`.
import { spawn } from 'node:child_process';
import { binary, buildNative, buildPage } from './build.mjs';
import { root, setUp } from './setup.mjs';

setUp('build');
buildNative();
buildPage();
const server = spawn(binary, ['serve', '--data', '.pome', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
