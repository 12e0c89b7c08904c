// An account and all that it said, deleted by whoever runs the server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { IrcClient } from '../support/irc-client.ts';
import { joinAs, makeAccount } from '../support/log-in.ts';
import { runCli, startServerProcess, type CliResult, type ServerProcess } from '../support/run-cli.ts';
import { missing } from '../support/programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TmuxTerminal } from '../support/tmux.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/partyline', import.meta.url));
const CAPABILITIES = 'batch message-tags server-time echo-message draft/chathistory draft/message-redaction';
const NO_LIMITS = { PARTYLINE_LIMITS_ENABLED: 'false', PARTYLINE_LIMITS_DETECTION_MS: '10' };

/** What alan said and did, and what else tells of him. */
const TRACES = [
  'zebraquagga',
  'psst-to-beth',
  'from-the-second-nick',
  'reason-of-alan',
  'topic-of-alan',
  'Real alan',
  'signofalan',
];
const OTHERS = ['okapi-by-beth', 'beth-to-alan', 'signofbeth'];

async function lively(t: TestContext): Promise<{ cwd: string; server: ServerProcess; beth: IrcClient }> {
  const cwd = temporaryFolder(t);
  const server = await startServerProcess(t, ['--port', '0'], cwd, NO_LIMITS);
  for (const name of ['alan', 'beth']) await makeAccount(server, name);
  const beth = await joinAs(server, 'beth', { capabilities: CAPABILITIES });
  await beth.all('JOIN #room', 'MODE #room -t', 'PRIVMSG #room :okapi-by-beth');
  const [okapi = ''] = ids(await beth.raw('CHATHISTORY LATEST #room * 10'));
  const alan = await joinAs(server, 'alan', { capabilities: CAPABILITIES });
  await alan.all(
    'JOIN #room',
    'PRIVMSG #room :zebraquagga',
    'PRIVMSG beth :psst-to-beth',
    'MARKREAD #room timestamp=*',
  );
  await alan.all('TOPIC #room :topic-of-alan', `@+draft/react=signofalan;+draft/reply=${okapi} TAGMSG #room`);
  const zebra = ids(await beth.raw('CHATHISTORY LATEST #room * 10')).at(-1) ?? '';
  await beth.all(`@+draft/react=signofbeth;+draft/reply=${zebra} TAGMSG #room`, 'MODE #room +v alan');
  await beth.all('PRIVMSG alan :beth-to-alan', 'KICK #room alan :out', 'TOPIC #room :another');
  await alan.all('JOIN #room', 'JOIN #own', 'CS REGISTER #own', 'NICK alan2', 'NS GROUP');
  alan.send('PRIVMSG #room :from-the-second-nick', 'PART #room :reason-of-alan', 'QUIT');
  await alan.text.end();
  await beth.heard();
  return { cwd, server, beth };
}

/** The ids of messages in an answer. */
function ids(lines: readonly string[]): string[] {
  return lines.filter((line) => line.includes(' PRIVMSG ')).flatMap((line) => /msgid=(\w+)/.exec(line)?.[1] ?? []);
}

function texts(lines: readonly string[]): (string | undefined)[] {
  return lines.filter((line) => line.includes(' PRIVMSG ')).map((line) => line.split(' :').at(-1));
}

/** Everything in the files of a data directory, as it is written there. */
function bytesIn(cwd: string): string {
  const data = join(cwd, 'data');
  const files = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => readFileSync(join(data, name), 'latin1')).join('|');
}

function cli(cwd: string, args: string): Promise<CliResult> {
  return runCli(args.split(' '), { cwd });
}

test('a running server: an account goes with all that it said, for those who are here and from every file', async (t) => {
  const { cwd, server, beth } = await lively(t);
  const plain = await server.open();
  await plain.line();
  plain.send('/nick carl\n/join #room\n');
  await plain.until('you are in #room now');
  const old = await IrcClient.join(server, 'dora');
  await old.all('JOIN #room');
  await beth.heard();
  const before = await cli(cwd, 'erase ALAN --dry-run --json');
  const traces = JSON.parse(before.stdout) as Record<string, number | string>;
  assert.deepEqual([before.code, traces['account'], traces['messages'], traces['rooms']], [0, 'alan', 3, 1]);
  assert.equal(texts(await beth.raw('CHATHISTORY LATEST #room * 10')).length, 3, 'nothing was deleted');
  const done = await cli(cwd, 'erase alan --yes --json');
  assert.deepEqual([done.code, done.stderr], [0, '']);
  const { isClean, erased, copies } = JSON.parse(done.stdout) as Record<string, unknown>;
  assert.deepEqual([isClean, copies], [true, []]);
  assert.equal(erased, Number(traces['messages']) + Number(traces['happenings']));
  const heard = (await beth.heard()).filter((line) => line.includes('REDACT'));
  assert.equal(heard.length, 2);
  for (const line of heard) assert.match(line, /^:\S+ REDACT #room \w{16}$/);
  assert.match((await old.heard()).join('|'), /NOTICE #room :What alan said here has been deleted/);
  assert.match(await plain.until('deleted\n'), /\* what alan said here has been deleted\n$/);
  assert.deepEqual(texts(await beth.raw('CHATHISTORY LATEST #room * 10')), ['okapi-by-beth']);
  const targets = await beth.all(
    'CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2099-01-01T00:00:00.000Z 9',
  );
  const [nobody = ''] = targets.flatMap((line) => / TARGETS (erased\S+) /.exec(line)?.[1] ?? []);
  assert.deepEqual(texts(await beth.raw(`CHATHISTORY LATEST ${nobody} * 10`)), ['beth-to-alan']);
  assert.doesNotMatch((await beth.all('WHOWAS alan2', 'WHOWAS alan')).join('|'), / 314 /);
  assert.match((await beth.all('NS INFO alan')).join('|'), /alan is no account/);
  const bytes = bytesIn(cwd);
  for (const trace of TRACES) assert.ok(!bytes.includes(trace), trace);
  for (const other of ['okapi-by-beth', 'beth-to-alan']) assert.ok(bytes.includes(other), other);
  assert.ok(!bytes.includes('signofbeth'), 'what was a reaction to it is gone as well');
  assert.equal((await cli(cwd, 'erase alan --yes')).stderr, 'partyline: there is no account alan.\n');
  await makeAccount(server, 'alan');
  const another = await joinAs(server, 'alan', { capabilities: CAPABILITIES });
  assert.deepEqual(texts(await another.raw('CHATHISTORY LATEST beth * 10')), [], 'another one of that name');
});

test('a stopped server: an account goes with all that it said, from every file', async (t) => {
  const { cwd, server } = await lively(t);
  await server.stop('SIGTERM');
  const bytes = bytesIn(cwd);
  for (const trace of [...TRACES, ...OTHERS]) assert.ok(bytes.includes(trace), trace);
  const done = await cli(cwd, 'erase alan --yes');
  assert.match(
    done.stdout,
    /^Deleted the account alan with 3 messages, \d+ other events; 1 room of its own is nobody's now\.$/m,
  );
  assert.deepEqual([done.code, done.stderr], [0, '']);
  const after = bytesIn(cwd);
  for (const trace of TRACES) assert.ok(!after.includes(trace), trace);
  for (const other of ['okapi-by-beth', 'beth-to-alan']) assert.ok(after.includes(other), other);
  const again = await startServerProcess(t, ['--port', '0'], cwd, NO_LIMITS);
  const beth = await joinAs(again, 'beth', { capabilities: CAPABILITIES });
  await beth.all('JOIN #room');
  assert.deepEqual(texts(await beth.raw('CHATHISTORY LATEST #room * 10')), ['okapi-by-beth']);
});

test('a server that was killed while it deleted goes on when it is there again', async (t) => {
  const { cwd, server } = await lively(t);
  const alan = await joinAs(server, 'alan');
  // The account is gone, and what it said may be gone or not, when the answer comes.
  const answer = await alan.all('NS DROP ERASE correct horse');
  assert.match(answer.join('|'), /The account alan is deleted; what you said is being deleted/);
  await server.stop('SIGKILL');
  const again = await startServerProcess(t, ['--port', '0'], cwd, NO_LIMITS);
  await makeAccount(again, 'carl');
  // Whoever erases another one waits for all who are to be erased.
  assert.equal((await cli(cwd, 'erase carl --yes')).code, 0);
  await again.stop('SIGTERM');
  const bytes = bytesIn(cwd);
  for (const trace of TRACES) assert.ok(!bytes.includes(trace), trace);
});

test('nothing is deleted unless somebody says so', async (t) => {
  const cwd = temporaryFolder(t);
  assert.equal((await cli(cwd, 'erase alan --yes')).stderr, 'partyline: there is no database in ./data.\n');
  await runCli(['account', 'add', 'alan'], { cwd, input: 'a good password\n' });
  const unasked = await cli(cwd, 'erase alan');
  assert.deepEqual([unasked.code, unasked.stdout], [2, '']);
  assert.match(unasked.stderr, /^partyline: say --yes: there is nobody at a terminal to be asked\. /);
  assert.equal((await cli(cwd, 'erase alan beth --yes')).code, 2);
  assert.equal((await cli(cwd, 'erase beth --yes')).code, 1);
  assert.match((await cli(cwd, 'erase --help')).stdout, /^Usage: partyline erase ACCOUNT /);
  assert.equal((await cli(cwd, 'erase alan --dry-run')).stdout, 'This would delete the account alan.\n');
  assert.match((await cli(cwd, 'account list')).stdout, /alan/);
});

test('at a terminal it is asked', { skip: missing('tmux') }, async (t) => {
  const cwd = temporaryFolder(t);
  await runCli(['account', 'add', 'alan'], { cwd, input: 'a good password\n' });
  const answered = async (answer: string): Promise<string> => {
    const terminal = new TmuxTerminal(t, 'sh', { columns: 150, rows: 20 });
    terminal.enter(`cd ${cwd}; ${process.execPath} ${LAUNCHER} erase alan; echo "it gave" $?`);
    await terminal.shows('[y/N]');
    terminal.enter(answer);
    return terminal.matches('it gave and a number', (screen) => /it gave \d/.test(screen));
  };
  assert.match(await answered('alan'), /partyline: nothing was done\.\nit gave 1\n/);
  assert.match(await answered('y'), /Deleted the account alan\.\n.*it gave 0\n/s);
});
