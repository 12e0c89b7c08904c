import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';
import { joinAs, makeAccount, PASSWORD, plainLogin, scramLogin } from '../support/log-in.ts';
import { newFolder, removeAfter } from '../support/temporary-folder.ts';

/** What a service said. */
function said(lines: readonly string[]): string[] {
  return withVerb('NOTICE', lines).map((line) => line.slice(line.indexOf(' :') + 2));
}

test('accounts, their nicks, channels and access lists are there after a restart, as they were', async (t) => {
  const folder = newFolder();
  const changes = {
    databaseFile: join(folder, 'partyline.db'),
    irc: { operators: ['root:operator-password'] },
  };
  const [before, { root }] = await party(t, ['root'], changes);
  await root.all('OPER root operator-password');
  for (const name of ['alan', 'beth', 'carl', 'dora', 'erik']) await makeAccount(before, name);
  const alan = await joinAs(before, 'alan');
  const fingerprint = 'ab'.repeat(32);
  await alan.all('NICK turing', 'NS GROUP', 'NICK alan', `NS CERT ADD ${fingerprint}`, 'NS SET HISTORY OFF');
  await alan.all('JOIN #a', 'CS REGISTER #a', 'CS ACCESS #a ADD beth op', 'CS ACCESS #a ADD carl voice');
  await alan.all('MODE #a +mb eve!*@*', 'TOPIC #a :tea at four');
  await root.all('NS SUSPEND carl spam', 'NS RENAME dora ada', 'NS ERASE erik');
  await before.close();

  const [after, { eve }] = await party(t, ['eve'], changes);
  removeAfter(t, folder);
  assert.deepEqual(verbs(await eve.all('NICK turing', 'NICK alan', 'NICK ada', 'NICK carl')), [
    '433',
    '433',
    '433',
    '433',
  ]);
  assert.match((await eve.all('JOIN #a'))[0] ?? '', / 474 eve #a /);
  assert.deepEqual(verbs(await eve.all('NICK erik', 'NICK dora', 'NICK eve')), ['NICK', 'NICK', 'NICK']);
  const beth = await joinAs(after, 'beth');
  const joined = await beth.all('JOIN #a');
  assert.equal(withVerb('332', joined)[0], ':partyline.local 332 beth #a :tea at four');
  assert.ok(joined.includes(':partyline.local MODE #a +o beth'));
  const again = await joinAs(after, 'alan', { nick: 'turing' });
  assert.ok((await again.all('JOIN #a')).includes(':partyline.local MODE #a +q turing'));
  assert.deepEqual(said(await again.all('CS ACCESS #a', 'NS CERT LIST')), [
    'alan: founder',
    'beth: op',
    'carl: voice',
    'End of the access list of #a',
    fingerprint,
    '1 certificate logs you in',
  ]);
  assert.ok(said(await again.all('NS INFO')).includes('What you say is kept: no'));
  const other = new IrcClient(await after.open());
  const answers = await other.all('CAP LS', ...plainLogin('carl'), ...plainLogin('erik'), ...plainLogin('dora'));
  assert.deepEqual(
    withVerb('904', answers).map((line) => line.slice(line.indexOf('failed: ') + 8)),
    [
      'The account carl is suspended',
      'There is no such account, or it has another password',
      'There is no such account, or it has another password',
    ],
  );
  const { isServerProved } = await scramLogin(other, { account: 'ada', password: PASSWORD, hash: 'sha512' });
  assert.equal(isServerProved, true);
});
