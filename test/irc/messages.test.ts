// Messages and the capabilities around them: RFC 2812 section 3.3, IRCv3.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { party } from '../support/irc-party.ts';
import { startServer } from '../support/test-server.ts';

const OPEN = { limits: { detection_ms: 10, enabled: false } };

// RFC 2812 section 3.3.1: 401, 404, 407, 411, 412.
test('PRIVMSG and NOTICE to people and channels; what cannot be said has its numeric', async (t) => {
  const server = await startServer(t, OPEN);
  const [alan, beth] = [await IrcClient.join(server, 'alan'), await IrcClient.join(server, 'beth')];
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  assert.deepEqual(await beth.all('PRIVMSG alan :hi', 'NOTICE #a :note', 'PRIVMSG alan,#a :both'), []);
  assert.deepEqual((await alan.heard()).slice(1), [
    ':beth!~beth@127.0.0.1 PRIVMSG alan :hi',
    ':beth!~beth@127.0.0.1 NOTICE #a :note',
    ':beth!~beth@127.0.0.1 PRIVMSG alan :both',
    ':beth!~beth@127.0.0.1 PRIVMSG #a :both',
  ]);
  assert.deepEqual(
    await beth.all('PRIVMSG', 'PRIVMSG alan', 'PRIVMSG alan :', 'PRIVMSG nobody :x', 'PRIVMSG a,b,c,d,e :x'),
    [
      ':partyline.local 411 beth :No recipient given (PRIVMSG)',
      ':partyline.local 412 beth :No text to send',
      ':partyline.local 412 beth :No text to send',
      ':partyline.local 401 beth nobody :No such nick/channel',
      ':partyline.local 407 beth e :Too many targets (at most 4)',
      ...['a', 'b', 'c', 'd'].map((name) => `:partyline.local 401 beth ${name} :No such nick/channel`),
    ],
  );
});

// IRCv3 server-time, message-tags, msgid, account-tag; product.md: the same for every recipient.
test('time and id are the same for everybody who is shown them, and client tags are passed on', async (t) => {
  const server = await startServer(t, OPEN);
  const [alan, beth] = [
    await IrcClient.join(server, 'alan', 'message-tags server-time echo-message'),
    await IrcClient.join(server, 'beth', 'message-tags server-time'),
  ];
  const carl = await IrcClient.join(server, 'carl');
  for (const client of [alan, beth, carl]) await client.all('JOIN #a');
  await alan.heard();
  await beth.heard();
  const [own] = await alan.raw('@+typing=active;plain=y PRIVMSG #a :hi');
  const [other] = await beth.raw();
  assert.equal(own, other);
  assert.match(
    own ?? '',
    /^@time=\d{4}-\d\d-\d\dT[\d:.]+Z;msgid=[0-9a-z]+;\+typing=active :alan!~alan@127\.0\.0\.1 PRIVMSG #a :hi$/,
  );
  assert.deepEqual(await carl.raw(), [':alan!~alan@127.0.0.1 PRIVMSG #a :hi']);
  await alan.all('@+typing=done TAGMSG #a', '@nothing=1 TAGMSG #a');
  assert.match((await beth.raw()).join('|'), /^@\S*;\+typing=done :alan!~alan@127\.0\.0\.1 TAGMSG #a$/);
  assert.deepEqual(await carl.raw(), [], 'nobody is sent tags who did not ask for them');
});

// IRCv3 labeled-response: one message is tagged, several are a batch, none is an ACK.
test('every label is answered exactly once', async (t) => {
  const server = await startServer(t, OPEN);
  const alan = await IrcClient.join(server, 'alan', 'labeled-response batch echo-message');
  assert.deepEqual(await alan.raw('@label=1 PONG', '@label=2 PING x', '@label=3 FOO', '@label=4 PRIVMSG nobody :x'), [
    '@label=1 :partyline.local ACK',
    '@label=2 :partyline.local PONG partyline.local :x',
    '@label=3 :partyline.local 421 alan FOO :Unknown command',
    '@label=4 :partyline.local 401 alan nobody :No such nick/channel',
  ]);
  assert.deepEqual(await alan.raw('@label=5 JOIN #a'), [
    '@label=5 :partyline.local BATCH +l1 labeled-response',
    '@batch=l1 :alan!~alan@127.0.0.1 JOIN #a',
    '@batch=l1 :partyline.local 353 alan = #a :@alan',
    '@batch=l1 :partyline.local 366 alan #a :End of /NAMES list',
    ':partyline.local BATCH -l1',
  ]);
  assert.deepEqual(await alan.raw('@label=6 PRIVMSG #a :hi'), ['@label=6 :alan!~alan@127.0.0.1 PRIVMSG #a :hi']);
  assert.equal((await alan.raw('@label=7 PRIVMSG alan :me')).filter((line) => line.startsWith('@label=7 ')).length, 1);
});

test('extended-join, away-notify, setname and invite-notify tell those who ask, and nobody else', async (t) => {
  const server = await startServer(t, OPEN);
  const modern = await IrcClient.join(server, 'modern', 'extended-join away-notify setname invite-notify');
  const old = await IrcClient.join(server, 'old');
  await modern.all('JOIN #a');
  await old.all('JOIN #a');
  const carl = await IrcClient.join(server, 'carl');
  await carl.all('AWAY :lunch', 'JOIN #a', 'AWAY', 'SETNAME :Carl the Great');
  assert.deepEqual((await modern.heard()).slice(1), [
    ':carl!~carl@127.0.0.1 JOIN #a * :Real carl',
    ':carl!~carl@127.0.0.1 AWAY lunch',
    ':carl!~carl@127.0.0.1 AWAY',
    ':carl!~carl@127.0.0.1 SETNAME :Carl the Great',
  ]);
  assert.deepEqual(await old.heard(), [':carl!~carl@127.0.0.1 JOIN #a']);
});

// RFC 2812 section 4.1: 301, 305, 306.
test('AWAY is told to whoever writes', async (t) => {
  const server = await startServer(t, OPEN);
  const [alan, beth] = [await IrcClient.join(server, 'alan'), await IrcClient.join(server, 'beth')];
  assert.deepEqual(await alan.all('AWAY :gone fishing'), [
    ':partyline.local 306 alan :You have been marked as being away',
  ]);
  assert.deepEqual(await beth.all('PRIVMSG alan :hi'), [':partyline.local 301 beth alan :gone fishing']);
  assert.deepEqual(await alan.all('AWAY'), [
    ':beth!~beth@127.0.0.1 PRIVMSG alan :hi',
    ':partyline.local 305 alan :You are no longer marked as being away',
  ]);
});

// IRCv3 monitor: 730 to 734.
test('MONITOR tells when people come, change their name and go', async (t) => {
  const server = await startServer(t, OPEN);
  const alan = await IrcClient.join(server, 'alan');
  assert.deepEqual(await alan.all('MONITOR + beth,Carl'), [':partyline.local 731 alan beth,Carl']);
  const beth = await IrcClient.join(server, 'beth');
  assert.deepEqual(await alan.heard(), [':partyline.local 730 alan beth!~beth@127.0.0.1']);
  await beth.all('NICK carl');
  assert.deepEqual(await alan.heard(), [
    ':partyline.local 731 alan beth',
    ':partyline.local 730 alan carl!~beth@127.0.0.1',
  ]);
  assert.deepEqual(await alan.all('MONITOR S', 'MONITOR L', 'MONITOR - beth', 'MONITOR L', 'MONITOR C', 'MONITOR L'), [
    ':partyline.local 730 alan carl!~beth@127.0.0.1',
    ':partyline.local 731 alan beth',
    ':partyline.local 732 alan beth,Carl',
    ':partyline.local 733 alan :End of MONITOR list',
    ':partyline.local 732 alan Carl',
    ':partyline.local 733 alan :End of MONITOR list',
    ':partyline.local 733 alan :End of MONITOR list',
  ]);
  const many = Array.from({ length: 101 }, (_, index) => `n${index}`).join(',');
  assert.match((await alan.all(`MONITOR + ${many}`))[0] ?? '', /^:partyline\.local 734 alan 100 n100 :/);
});

// As with the modes of channels, what is asked for is done from left to right.
test('of a user mode that is named several times the last change counts', async (t) => {
  const server = await startServer(t, OPEN);
  const alan = await IrcClient.join(server, 'alan');
  assert.deepEqual(
    await alan.all('MODE alan +B-B', 'MODE alan +i-iB+i', 'MODE alan', 'MODE alan -B+BB-i', 'MODE alan'),
    [
      ':alan!~alan@127.0.0.1 MODE alan +i',
      ':partyline.local 221 alan +i',
      ':alan!~alan@127.0.0.1 MODE alan +B-i',
      ':partyline.local 221 alan +B',
    ],
  );
});

test('user modes: +R and +g keep strangers from writing, ACCEPT lets them', async (t) => {
  const server = await startServer(t, OPEN);
  const [alan, beth] = [await IrcClient.join(server, 'alan'), await IrcClient.join(server, 'beth')];
  assert.deepEqual(await alan.all('MODE alan +gi', 'MODE alan', 'MODE beth +i', 'MODE alan +o', 'MODE alan +X'), [
    ':alan!~alan@127.0.0.1 MODE alan +gi',
    ':partyline.local 221 alan +gi',
    ":partyline.local 502 alan :Can't change mode for other users",
    ':partyline.local 501 alan :Unknown MODE flag',
  ]);
  // Numerics of Charybdis, "server-side ignore": 716, 717 and 718; once a minute is often enough.
  const refused = ':partyline.local 716 beth alan :is in +g mode (server-side ignore)';
  assert.deepEqual(await beth.all('NOTICE alan :hi', 'PRIVMSG alan :hi', 'PRIVMSG alan :hi'), [
    refused,
    ':partyline.local 717 beth alan :has been told that you want to message them',
    refused,
  ]);
  assert.deepEqual(await alan.heard(), [
    ':partyline.local 718 alan beth ~beth@127.0.0.1 :is messaging you, and you are +g. ACCEPT beth lets them through',
  ]);
  assert.deepEqual(await alan.all('ACCEPT beth', 'ACCEPT beth,-carl,nobody', 'ACCEPT *'), [
    ':partyline.local 457 alan beth :is already on your accept list',
    ':partyline.local 458 alan carl :is not on your accept list',
    ':partyline.local 401 alan nobody :No such nick/channel',
    ':partyline.local 281 alan beth',
    ':partyline.local 282 alan :End of /ACCEPT list',
  ]);
  assert.deepEqual(await beth.all('PRIVMSG alan :hi'), []);
  await alan.all('MODE alan -g+R');
  assert.deepEqual(await beth.all('PRIVMSG alan :hi'), [], 'who is accepted need not be logged in');
  await alan.all('ACCEPT -beth');
  assert.deepEqual(await beth.all('PRIVMSG alan :hi', '@+typing=active TAGMSG alan'), [
    ':partyline.local 477 beth alan :You must be logged in to message this user (+R)',
    ':partyline.local 477 beth alan :You must be logged in to message this user (+R)',
  ]);
  await alan.all('PRIVMSG beth :well?');
  assert.deepEqual(
    await beth.all('PRIVMSG alan :yes'),
    [':alan!~alan@127.0.0.1 PRIVMSG beth :well?'],
    'an answer may come',
  );
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 PRIVMSG alan :yes']);
});

test('user mode +T keeps CTCP away, but not /me', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('MODE alan +T');
  assert.deepEqual(
    await beth.all(
      'PRIVMSG alan :\u0001VERSION\u0001',
      'NOTICE alan :\u0001PING 1\u0001',
      'PRIVMSG alan :\u0001ACTION nods\u0001',
    ),
    [':partyline.local 531 beth alan :takes no CTCP (+T)'],
  );
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 PRIVMSG alan :\u0001ACTION nods\u0001']);
});

// RFC 2812 section 3.3.2: "automatic replies MUST NEVER be sent in response to a NOTICE message", by servers too.
test('no error is answered to a NOTICE; its label is', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #a', 'MODE #a +m', 'AWAY :out');
  const beth = await IrcClient.join(server, 'beth', 'labeled-response batch');
  assert.deepEqual(
    await beth.raw(
      'NOTICE',
      'NOTICE alan',
      'NOTICE nobody :x',
      'NOTICE #none :x',
      'NOTICE #a :x',
      'NOTICE alan :x',
      'NOTICE a,b,c,d,e :x',
    ),
    [],
  );
  assert.deepEqual(await beth.raw('@label=1 NOTICE #none :x'), ['@label=1 :partyline.local ACK']);
});

// product.md: everyone is in the same rooms, and every feature degrades to readable text.
test('plain people and IRC people see each other', async (t) => {
  const server = await startServer(t, OPEN);
  const plain = await server.welcomed();
  const irc = await IrcClient.join(server, 'alan', 'message-tags');
  const [joined, names] = await irc.all('JOIN #lobby');
  const guest = `guest${plain.socket.localPort}`;
  assert.deepEqual(
    [joined, names],
    [':alan!~alan@127.0.0.1 JOIN #lobby', `:partyline.local 353 alan = #lobby :${guest} alan`],
  );
  await irc.all(
    'PRIVMSG #lobby :\u0002hello\u0002 \u00034red',
    'PRIVMSG #lobby :\u0001ACTION waves\u0001',
    'PRIVMSG #lobby :\u0001VERSION\u0001',
  );
  assert.equal(await plain.line(), '<alan> :hello red');
  assert.equal(await plain.line(), '* alan waves');
  plain.send('/me bows\n/nick beth\n/topic all are welcome\n');
  await plain.until('set\n');
  assert.deepEqual(await irc.all(), [
    `:${guest}!guest@127.0.0.1 PRIVMSG #lobby :\u0001ACTION bows\u0001`,
    `:${guest}!guest@127.0.0.1 NICK beth`,
    ':beth!guest@127.0.0.1 TOPIC #lobby :all are welcome',
  ]);
  irc.send('AWAY :out', 'NICK al', 'TOPIC #lobby :new', 'PRIVMSG beth :psst', 'QUIT :bye');
  for (const line of [
    '* alan is away (out)',
    '* alan is now al',
    '* al set the topic of #lobby: new',
    '[private] <al> :psst',
    '* al left (Quit: bye)',
  ]) {
    assert.equal(await plain.line(), line);
  }
});
