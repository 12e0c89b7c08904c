// Makes a checkout ready: the packages of the lockfile (a Node 24 among them) and, with --with-test-tools, the Debian
// programs the tests drive. It runs on whatever Node the machine has, so it uses nothing newer than Node 18, and it does
// nothing when nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE_MAJOR = 24;
/** Programs that tests drive, and the Debian package each comes from. */
const TEST_TOOLS = [
  { program: 'nc', debianPackage: 'netcat-openbsd' },
  { program: 'telnet', debianPackage: 'telnet' },
  { program: 'tmux', debianPackage: 'tmux' },
  { program: 'openssl', debianPackage: 'openssl' },
  { program: 'irssi', debianPackage: 'irssi' },
  { program: 'weechat', debianPackage: 'weechat-curses' },
];

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const note = (text) => process.stderr.write(`partyline setup: ${text}\n`);

function run(command, args, options = {}) {
  return spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    ...options,
  });
}

function installPackages() {
  const stampFile = join(root, 'node_modules', '.partyline-setup');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  note('installing the packages of package-lock.json (once; about 60 MB, Node 24 included) ...');
  const npm = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (npm.status !== 0) {
    note('"npm ci" failed; see above. Is the npm registry within reach? Then run the same command again.');
    process.exit(1);
  }
  writeFileSync(stampFile, lock);
}

function checkNode() {
  const answer = spawnSync('node', ['--version'], { encoding: 'utf8', env: withLocalBin() });
  const major = Number(/^v(\d+)\./.exec(answer.stdout ?? '')?.[1] ?? 0);
  if (major >= MIN_NODE_MAJOR) return;
  note(
    `no Node ${MIN_NODE_MAJOR} comes packaged for ${process.platform}-${process.arch}, and this is Node ${process.version}.`,
  );
  note(`Install Node ${MIN_NODE_MAJOR} or newer from https://nodejs.org and run the same command again.`);
  process.exit(1);
}

function withLocalBin() {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: join(root, 'node_modules', '.bin') + separator + (process.env.PATH ?? '') };
}

const isOnPath = (program) => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

function installTestTools() {
  const missing = TEST_TOOLS.filter((tool) => !isOnPath(tool.program));
  if (missing.length === 0) return;
  const names = missing.map((tool) => tool.debianPackage);
  const mayInstall = process.getuid?.() === 0 && isOnPath('apt-get');
  if (mayInstall) {
    note(`installing ${names.join(', ')} for the tests ...`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = ['install', '-y', '-qq', '--no-install-recommends', ...names];
    if (run('apt-get', apt, { env }).status !== 0 && run('apt-get', ['update', '-qq'], { env }).status === 0) {
      run('apt-get', apt, { env });
    }
  }
  for (const tool of missing.filter(({ program }) => !isOnPath(program))) {
    note(`${tool.program} is missing (Debian package ${tool.debianPackage}): the tests that need it are skipped.`);
  }
}

installPackages();
checkNode();
if (process.argv.includes('--with-test-tools')) installTestTools();
