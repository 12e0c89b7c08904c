import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { commands, commandsToServer, WAYS, type Commands, type Way } from '../support/commands.ts';
import { joinAs } from '../support/log-in.ts';
import type { CliResult } from '../support/run-cli.ts';

const PASSWORD = 'correct horse\n';

/** With accounts of alan, beth and dora. */
async function commandsTo(t: TestContext, way: Way): Promise<Commands> {
  const given = way === 'a running server' ? await commandsToServer(t) : commands(t);
  await makeAccounts(given);
  return given;
}

async function makeAccounts({ cli }: Commands): Promise<void> {
  for (const name of ['alan', 'beth', 'dora']) await cli(`account add ${name}`, PASSWORD);
}

function output(stdout: string): CliResult {
  return { code: 0, stdout, stderr: '' };
}

function problem(text: string, code = 1): CliResult {
  return { code, stdout: '', stderr: `partyline: ${text}\n` };
}

for (const way of WAYS) {
  test(`${way}: rooms are listed, and the lobby is there from the start`, async (t) => {
    const { cli } = await commandsTo(t, way);
    assert.deepEqual(await cli('room list'), output('room    members  founder  topic\n#lobby  0\n'));
    const [lobby] = JSON.parse((await cli('room list --json')).stdout) as Record<string, unknown>[];
    assert.deepEqual([lobby?.['name'], lobby?.['members'], lobby?.['isPermanent']], ['#lobby', 0, true]);
  });

  test(`${way}: a room is made for an account, handed on and dropped, with or without its #`, async (t) => {
    const { cli } = await commandsTo(t, way);
    assert.deepEqual(await cli('room add Tea alan'), output('#Tea belongs to alan now.\n'));
    assert.deepEqual(
      await cli('room add #tea beth'),
      problem('#Tea belongs to an account, or is there from the start.'),
    );
    assert.deepEqual(await cli('room set-founder #tea beth'), output('#Tea belongs to beth now.\n'));
    assert.match((await cli('room show tea')).stdout, /^room {5}#Tea\nmade {5}.*\nfounder {2}beth, since /);
    assert.match((await cli('room list')).stdout, /^#Tea {4}0 {8}beth$/m);
    assert.deepEqual(await cli('room drop tea --yes'), output('#Tea belongs to nobody now.\n'));
    assert.deepEqual(await cli('room show tea'), problem('there is no room #tea.'));
  });

  test(`${way}: roles in a room are given by right and taken away, the highest shown first`, async (t) => {
    const { cli } = await commandsTo(t, way);
    await cli('room add tea alan');
    await cli('room access tea beth voice');
    const both = 'account  role\nalan     founder\ndora     op\nbeth     voice\n';
    assert.deepEqual(await cli('room access tea dora op'), output(both));
    assert.deepEqual(await cli('room access tea'), output(both));
    assert.deepEqual(
      await cli('room access tea dora none'),
      output('account  role\nalan     founder\nbeth     voice\n'),
    );
    const { access } = JSON.parse((await cli('room show tea --json')).stdout) as { access: unknown };
    assert.deepEqual(access, [{ account: 'beth', role: 'voice' }]);
  });

  test(`${way}: a room keeps what is said, some of it, or nothing`, async (t) => {
    const { cli } = await commandsTo(t, way);
    await cli('room add tea alan');
    assert.deepEqual(await cli('room history tea 30d'), output('#tea: what is said is kept for 30 days.\n'));
    const both = '#tea: what is said is kept for 30 days, the last 99 messages at most.\n';
    assert.deepEqual(await cli('room history tea 99'), output(both));
    assert.deepEqual(await cli('room history tea off'), output('#tea: what is said is not kept.\n'));
    assert.deepEqual(await cli('room history tea on'), output('#tea: what is said is kept.\n'));
  });

  test(`${way}: what cannot be done to a room is a clear line and an exit code`, async (t) => {
    const { cli } = await commandsTo(t, way);
    await cli('room add tea alan');
    assert.deepEqual(await cli('room show nowhere'), problem('there is no room #nowhere.'));
    assert.match((await cli('room show a,b')).stderr, /^partyline: "#a,b" cannot be a room: /);
    assert.deepEqual(await cli('room add den nobody'), problem('there is no account "nobody".'));
    assert.deepEqual(
      await cli('room add lobby alan'),
      problem('#lobby belongs to an account, or is there from the start.'),
    );
    assert.deepEqual(await cli('room set-founder lobby alan'), problem('#lobby belongs to nobody.'));
    assert.deepEqual(await cli('room set-founder tea nobody'), problem('there is no account "nobody".'));
    for (const line of [
      'access tea beth emperor',
      'access tea beth',
      'history tea maybe',
      'history tea 0',
      'drop tea',
    ]) {
      assert.equal((await cli(`room ${line}`)).code, 2, line);
    }
  });
}

test('people in a room are given their roles at once, and told whose the room is', async (t) => {
  const given = await commandsToServer(t);
  await makeAccounts(given);
  const { cli, server } = given;
  const alan = await joinAs(server, 'alan');
  const beth = await joinAs(server, 'beth');
  await alan.all('JOIN #tea');
  await beth.all('JOIN #tea');
  await alan.heard();
  const plain = await server.welcomed();
  plain.send('/join #tea\n');
  await plain.until('#tea');
  await alan.heard();
  await beth.heard();
  await cli('room add tea alan');
  assert.deepEqual(await beth.heard(), [':partyline.local MODE #tea +q alan']);
  await plain.until('* #tea belongs to alan now\n');
  await cli('room access tea beth op');
  assert.deepEqual(await beth.heard(), [':partyline.local MODE #tea +o beth']);
  await cli('room history tea off');
  assert.match((await beth.heard()).join('\n'), /^:console\S* MODE #tea \+H$/);
  assert.match((await cli('room show tea')).stdout, /\nmembers +alan \(operator, founder\)\n +beth \(operator\)\n/);
});

test('a room that is made without anybody is there after a restart, with its roles', async (t) => {
  const given = commands(t);
  await makeAccounts(given);
  const { cli } = given;
  await cli('room add tea alan');
  await cli('room access tea beth admin');
  await cli('room history tea 7d');
  const { founder, access, kept } = JSON.parse((await cli('room show tea --json')).stdout) as Record<string, unknown>;
  assert.deepEqual([founder, access, kept], ['alan', [{ account: 'beth', role: 'protected' }], { days: 7 }]);
});
