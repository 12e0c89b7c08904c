// MONITOR: IRCv3 monitor and extended-monitor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party } from '../support/irc-party.ts';
import { makeAccount, plainLogin } from '../support/log-in.ts';

const online = (who: string, nick: string): string => `:partyline.local 730 ${who} ${nick}!~${nick}@127.0.0.1`;
const offline = (who: string, nick: string): string => `:partyline.local 731 ${who} ${nick}`;

// IRCv3 monitor, "MONITOR +": 730 and 731 for those that are added, then whenever it changes.
test('whoever is watched is told of when they come and when they go', async (t) => {
  const [server, { alan }] = await party(t, ['alan', 'carl']);
  assert.deepEqual(await alan.all('MONITOR + beth,carl'), [online('alan', 'carl'), offline('alan', 'beth')]);
  for (let visit = 0; visit < 2; visit++) {
    const beth = await IrcClient.join(server, 'beth');
    assert.deepEqual(await alan.heard(), [online('alan', 'beth')]);
    beth.send('QUIT :bye');
    await beth.text.end();
    assert.deepEqual(await alan.heard(), [offline('alan', 'beth')]);
  }
});

test('a nick is told of as online only once its owner is registered', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await alan.all('MONITOR + beth');
  const beth = new IrcClient(await server.open());
  await beth.all('NICK beth');
  assert.deepEqual(await alan.all('MONITOR S'), [offline('alan', 'beth')]);
  await beth.all('USER beth 0 * :Beth');
  assert.deepEqual(await alan.heard(), [online('alan', 'beth')]);
});

// IRCv3 monitor: targets are nicks, in any spelling; asking again shows how it stands.
test('a nick is watched in any spelling, and one change of spelling says nothing', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('MONITOR + QUX');
  assert.deepEqual(await alan.all('MONITOR + qux'), [offline('alan', 'qux')]);
  await beth.all('NICK qux');
  assert.deepEqual(await alan.heard(), [':partyline.local 730 alan qux!~beth@127.0.0.1']);
  await beth.all('NICK Qux');
  assert.deepEqual(await alan.heard(), []);
  await beth.all('NICK beth');
  assert.deepEqual(await alan.heard(), [offline('alan', 'Qux')]);
});

// IRCv3 monitor, "MONITOR command": a target must be a nick; of a mask all that is ever said is that it is not here.
test('a mask watches nobody', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  assert.deepEqual(await alan.all('MONITOR + *!*@127.0.0.1,guest1', 'MONITOR L'), [
    offline('alan', '*!*@127.0.0.1,guest1'),
    ':partyline.local 732 alan guest1',
    ':partyline.local 733 alan :End of MONITOR list',
  ]);
  await IrcClient.join(server, 'beth');
  assert.deepEqual(await alan.heard(), []);
});

// IRCv3 monitor, "MONITOR -", "C", "L" and "S".
test('what is watched is listed, and watched no longer when that is asked for', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  const end = ':partyline.local 733 alan :End of MONITOR list';
  assert.deepEqual(await alan.all('MONITOR L', 'MONITOR S'), [end]);
  await alan.all('MONITOR + carl,dora');
  await beth.all('MONITOR + carl');
  assert.deepEqual(await alan.all('MONITOR L', 'MONITOR - CARL', 'MONITOR L', 'MONITOR C', 'MONITOR L'), [
    ':partyline.local 732 alan carl,dora',
    end,
    ':partyline.local 732 alan dora',
    end,
    end,
  ]);
  await IrcClient.join(server, 'carl');
  assert.deepEqual(await alan.heard(), []);
  assert.deepEqual(await beth.heard(), [online('beth', 'carl')], 'others go on watching');
});

// IRCv3 monitor: 734 has the limit and the targets that were not added; RFC 2812 section 2.3: 512 bytes.
test('no more nicks are watched than MONITOR says', async (t) => {
  const [, { alan }] = await party(t, ['alan'], { limits: { watched_nicks: 2 } });
  assert.ok((await alan.all('VERSION')).some((line) => line.includes(' MONITOR=2 ')));
  assert.deepEqual(await alan.all('MONITOR + a,b', 'MONITOR + b,c', 'MONITOR L'), [
    ':partyline.local 731 alan a,b',
    ':partyline.local 734 alan 2 c :Monitor list is full',
    ':partyline.local 731 alan b',
    ':partyline.local 732 alan a,b',
    ':partyline.local 733 alan :End of MONITOR list',
  ]);
  const many = Array.from({ length: 40 }, (_, index) => `nick-no-${index}`).join(',');
  const refused = await alan.all(`MONITOR + ${many}`);
  assert.ok(refused.every((line) => line.startsWith(':partyline.local 734 ') && Buffer.byteLength(line) <= 510));
  assert.equal(refused.flatMap((line) => (line.split(' ')[4] ?? '').split(',')).join(','), many);
});

test('MONITOR without a letter, or with one that is none, has its numeric', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.equal(withVerb('461', await alan.all('MONITOR', 'MONITOR X', 'MONITOR +', 'MONITOR -')).length, 4);
});

// IRCv3 extended-monitor: what the capabilities for channels tell, of those who are watched.
test('extended-monitor tells what watched people change, to those who asked to be told of such things', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  const watchers: Record<string, IrcClient> = {};
  for (const [nick, capabilities] of [
    ['all', 'extended-monitor away-notify setname'],
    ['away', 'extended-monitor away-notify'],
    ['neither', 'extended-monitor'],
    ['plain', 'away-notify setname'],
    ['shares', 'extended-monitor away-notify setname'],
  ] as const) {
    watchers[nick] = await IrcClient.join(server, nick, capabilities);
    assert.deepEqual(await watchers[nick].all('MONITOR + beth'), [online(nick, 'beth')]);
  }
  await beth.all('JOIN #a');
  await watchers['shares']!.all('JOIN #a');
  await beth.all('AWAY :afk', 'AWAY', 'SETNAME :new name');
  const away = [':beth!~beth@127.0.0.1 AWAY afk', ':beth!~beth@127.0.0.1 AWAY'];
  const all = [...away, ':beth!~beth@127.0.0.1 SETNAME :new name'];
  for (const [nick, told] of [
    ['all', all],
    ['away', away],
    ['neither', []],
    ['plain', []],
    ['shares', all],
  ] as const) {
    assert.deepEqual(await watchers[nick]!.heard(), told, nick);
  }
});

// IRCv3 extended-monitor, with account-notify.
test('extended-monitor tells of whoever watched logs in, once and only in words that were asked for', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  await makeAccount(server, 'jilles');
  const alan = await IrcClient.join(server, 'alan', 'extended-monitor account-notify');
  const carl = await IrcClient.join(server, 'carl', 'extended-monitor');
  for (const watcher of [alan, carl]) await watcher.all('MONITOR + beth');
  await beth.all(...plainLogin('jilles'), 'NS LOGOUT');
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 ACCOUNT jilles', ':beth!~beth@127.0.0.1 ACCOUNT *']);
  assert.deepEqual(await carl.heard(), []);
  for (const client of [alan, beth]) await client.all('JOIN #a');
  await alan.heard();
  await beth.all(...plainLogin('jilles'));
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 ACCOUNT jilles']);
});
