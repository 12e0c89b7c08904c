// MODE for channels: RFC 2812 section 3.2.3, Modern "MODE message" and "Channel Modes", ISUPPORT.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANNEL_MODES } from '../../src/dialects/irc/modes.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';

const OPERATOR = { irc: { operators: ['root:correct-horse'] } };

/** Enters a channel with everybody, the first as its operator; what they are told of that is taken. */
async function together(channel: string, ...clients: IrcClient[]): Promise<void> {
  for (const client of clients) await client.all(`JOIN ${channel}`);
  for (const client of clients) await client.heard();
}

// Modern, "CHANMODES parameter" and "PREFIX parameter"; RPL_MYINFO has every letter.
test('ISUPPORT has every mode in its kind, and 004 has every letter', async (t) => {
  const [server] = await party(t, []);
  const alan = new IrcClient(await server.open());
  const greeting = await alan.all('NICK alan', 'USER alan 0 * :Alan');
  const tokens = new Set(withVerb('005', greeting).flatMap((line) => line.split(' ').slice(3)));
  for (const token of [
    'CHANMODES=Ibe,k,fjl,CHMNQRSUcimnpstuz',
    'PREFIX=(qaohv)~&@%+',
    'STATUSMSG=~&@%+',
    'MODES=12',
    'MAXLIST=I:100,b:100,e:100',
    'CHANLIMIT=#:100',
    'EXCEPTS=e',
    'INVEX=I',
    'EXTBAN=,am',
    'ACCOUNTEXTBAN=a',
    'TARGMAX=JOIN:,KICK:4,LIST:,NAMES:4,NOTICE:4,PART:,PRIVMSG:4,TAGMSG:4,WHOIS:1,WHOWAS:4',
  ]) {
    assert.ok(tokens.has(token), token);
  }
  const [, , channelModes = ''] = (withVerb('004', greeting)[0] ?? '').split(' ').slice(4);
  assert.deepEqual(
    channelModes.split(' ')[0],
    CHANNEL_MODES.map(({ letter }) => letter)
      .toSorted()
      .join(''),
  );
});

// Modern, "RPL_CHANNELMODEIS": a plus alone where nothing is set; "RPL_CREATIONTIME".
test('what is set is listed, and what is listed can be taken back in one command and one message', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await together('#a', alan, beth);
  const set = ':alan!~alan@127.0.0.1 MODE #a +iklfj-n secret 5 #a2 3:60';
  await alan.all('JOIN #a2');
  assert.deepEqual(await alan.all('MODE #a +iklfj-n secret 5 #a2 3:60'), [set]);
  assert.deepEqual(await beth.heard(), [set]);
  const [modes, created] = await alan.all('MODE #a');
  assert.equal(modes, ':partyline.local 324 alan #a +fijklt #a2 3:60 secret 5');
  assert.match(created ?? '', /^:partyline\.local 329 alan #a \d{10}$/);
  assert.deepEqual(await alan.all('MODE #a -fijklt *'), [':alan!~alan@127.0.0.1 MODE #a -fijklt secret']);
  assert.equal((await alan.all('MODE #a'))[0], ':partyline.local 324 alan #a +');
});

// Modern, "MODE message": several changes in a command, up to ISUPPORT MODES.
test('what is asked for in one line is one message to everybody; each refusal has its numeric, once', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await together('#a', alan, beth);
  assert.deepEqual(await alan.all('MODE #a +ooXvmvlkb ghost carl beth ghost nine :'), [
    ':alan!~alan@127.0.0.1 MODE #a +vm beth',
    ':partyline.local 401 alan ghost :No such nick/channel',
    ":partyline.local 441 alan carl #a :They aren't on that channel",
    ':partyline.local 472 alan X :is unknown mode char to me',
    ':partyline.local 696 alan #a l nine :Invalid limit',
    ':partyline.local 696 alan #a k * :Invalid key',
    ':partyline.local 368 alan #a :End of channel ban list',
  ]);
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 MODE #a +vm beth']);
  assert.deepEqual(await beth.all('MODE #a +ist-n+l 5'), [
    ':partyline.local 482 beth #a :You need +h or higher on that channel',
  ]);
  assert.deepEqual(await alan.all('MODE #a +m-n+nn', 'MODE #a +t'), [':alan!~alan@127.0.0.1 MODE #a -n+n']);
  assert.deepEqual(await carl.heard(), []);
});

test('at most twelve changes are taken from one command', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #a');
  const masks = Array.from({ length: 14 }, (_, index) => `n${index}!*@*`);
  assert.deepEqual(await alan.all(`MODE #a +${'b'.repeat(14)} ${masks.join(' ')}`), [
    `:alan!~alan@127.0.0.1 MODE #a +${'b'.repeat(12)} ${masks.slice(0, 12).join(' ')}`,
  ]);
});

// RFC 2812 section 2.3: no message is longer than 512 bytes, though a mask grows when it is completed.
test('changes that do not fit into one message come in two', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  const beth = await IrcClient.join(server, 'beth', 'message-tags');
  await together('#a', alan, beth);
  const nicks = Array.from({ length: 12 }, (_, index) => `${'x'.repeat(32)}${index + 10}`);
  const lines = await alan.all(`MODE #a +${'b'.repeat(12)} ${nicks.join(' ')}`);
  assert.equal(lines.length, 2);
  assert.ok(lines.every((line) => Buffer.byteLength(line) <= 510));
  assert.deepEqual(
    lines.flatMap((line) => line.split(' ').slice(4)),
    nicks.map((nick) => `${nick}!*@*`),
  );
  const tagged = (await beth.raw()).map((line) => line.includes('msgid='));
  assert.deepEqual(tagged, [true, false], 'an id names one message');
});

// Modern, "Secret Channel Mode": to an outsider it is not there; the key is for members.
test('an outsider may look at the modes of a channel that is not hidden, but not at its key', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#s', 'MODE #a +k secret', 'MODE #s +s');
  assert.equal((await alan.all('MODE #a'))[0], ':partyline.local 324 alan #a +knt secret');
  assert.equal((await beth.all('MODE #a'))[0], ':partyline.local 324 beth #a +knt *');
  assert.deepEqual(await beth.all('MODE #a +m', 'MODE #s', 'MODE #s +b', 'MODE #s +m', 'MODE #none'), [
    ":partyline.local 442 beth #a :You're not on that channel",
    ':partyline.local 403 beth #s :No such channel',
    ':partyline.local 403 beth #s :No such channel',
    ':partyline.local 403 beth #s :No such channel',
    ':partyline.local 403 beth #none :No such channel',
  ]);
});

// Modern, "Key Channel Mode" and "Client Limit Channel Mode": 696 for what cannot be.
test('a key or a limit that cannot be is refused, and one that is set can be changed and taken off', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  await alan.all('JOIN #a');
  for (const key of ['two words', 'a,b', 'x'.repeat(33), '', 'x'.repeat(400)]) {
    assert.deepEqual(await alan.all(`MODE #a +k :${key}`), [':partyline.local 696 alan #a k * :Invalid key'], key);
  }
  for (const limit of ['0', '-1', 'abc', '1e3', '0x10', '1.5', '9999999999']) {
    assert.deepEqual(await alan.all(`MODE #a +l ${limit}`), [`:partyline.local 696 alan #a l ${limit} :Invalid limit`]);
  }
  assert.deepEqual(await alan.all('MODE #a +l :', 'MODE #a +j 0:5', 'MODE #a +f nowhere', 'MODE #a +b :two words'), [
    ':partyline.local 696 alan #a l * :Invalid limit',
    ':partyline.local 696 alan #a j 0:5 :Invalid throttle: it is <joins>:<seconds>',
    ':partyline.local 696 alan #a f nowhere :Invalid channel',
    ':partyline.local 696 alan #a b * :Invalid mask',
  ]);
  assert.deepEqual(await alan.all('MODE #a +k', 'MODE #a +l', 'MODE #a +j', 'MODE #a +f', 'MODE #a +o'), [
    ':partyline.local 696 alan #a k * :You must say which key',
    ':partyline.local 696 alan #a l * :You must say how many',
    ':partyline.local 696 alan #a j * :You must say how many joins in how many seconds',
    ':partyline.local 696 alan #a f * :You must say which channel',
    ':partyline.local 696 alan #a o * :You must say who',
  ]);
  const changes = [
    '+k one',
    '+k two',
    '+k two',
    '-k wrong',
    '-k',
    '+l 5',
    '+l 6',
    '+l 6',
    '-l',
    '-l',
    '+j 2:5',
    '+j 2:5',
  ];
  assert.deepEqual(
    (await alan.all(...changes.map((change) => `MODE #a ${change}`))).map((line) => line.split('MODE #a ')[1]),
    ['+k one', '+k two', '-k two', '+l 5', '+l 6', '-l', '+j 2:5'],
  );
});

// Modern, "Client Limit Channel Mode": whoever is in stays.
test('a limit below the number of people puts nobody out', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await together('#a', alan, beth);
  await alan.all('MODE #a +l 1', 'PRIVMSG #a :still here');
  assert.deepEqual(verbs(await beth.heard()), ['MODE', 'PRIVMSG']);
  assert.deepEqual(await carl.all('JOIN #a'), [':partyline.local 471 carl #a :Cannot join channel (+l)']);
  await alan.all('MODE #a +l 3');
  assert.equal(withVerb('JOIN', await carl.all('JOIN #a')).length, 1);
});

// RFC 2812 section 5.1: 367, 368; Modern: who and when; 346 to 349 for the exceptions. ISUPPORT MAXLIST: 478.
test('lists of masks are shown, held to their length, and changed in any case', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], { limits: { list_entries: 2 } });
  await together('#a', alan, beth);
  for (const [letter, entry, end, words] of [
    ['b', '367', '368', 'channel ban list'],
    ['e', '348', '349', 'channel exception list'],
    ['I', '346', '347', 'channel invite exception list'],
  ] as const) {
    assert.deepEqual(await alan.all(`MODE #a +${letter}${letter}${letter} Carl *@host three`), [
      `:alan!~alan@127.0.0.1 MODE #a +${letter}${letter} Carl!*@* *!*@host`,
      `:partyline.local 478 alan #a ${letter} :Channel list is full`,
    ]);
    const shown = await alan.all(`MODE #a ${letter}`);
    assert.match(shown[0] ?? '', new RegExp(String.raw`^:partyline\.local ${entry} alan #a Carl!\*@\* alan \d{10}$`));
    assert.match(shown[1] ?? '', new RegExp(String.raw`^:partyline\.local ${entry} alan #a \*!\*@host alan \d{10}$`));
    assert.deepEqual(shown.slice(2), [`:partyline.local ${end} alan #a :End of ${words}`]);
    assert.deepEqual(await alan.all(`MODE #a -${letter} cARL!*@*`, `MODE #a -${letter} carl`), [
      `:alan!~alan@127.0.0.1 MODE #a -${letter} Carl!*@*`,
    ]);
  }
  await beth.heard();
  assert.deepEqual(verbs(await beth.all('MODE #a b', 'MODE #a +e', 'MODE #a I')), ['367', '368', '482', '482']);
});

// EXTBAN m: it mutes, whatever the case (404, 435); a voice and an exception lift it. +q is no mute here: it makes founders.
test('a muting ban lets people in and keeps them from speaking', async (t) => {
  const [, { alan, Beth: beth }] = await party(t, ['alan', 'Beth']);
  await alan.all('JOIN #a', 'MODE #a +b m:BETH!*@*');
  await beth.all('JOIN #a');
  await alan.heard();
  const speaks = async (): Promise<boolean> => {
    const told = await beth.all('PRIVMSG #a :hi');
    const heard = withVerb('PRIVMSG', await alan.heard());
    assert.equal(told.filter((line) => line.includes(' 404 ')).length, heard.length === 1 ? 0 : 1);
    return heard.length === 1;
  };
  assert.equal(await speaks(), false);
  assert.deepEqual(await beth.all('NICK gone'), [
    ':partyline.local 435 Beth gone #a :Cannot change nickname while banned in that channel',
  ]);
  for (const [lift, undo] of [
    ['+v beth', '-v beth'],
    ['+e m:*!~beth@*', '-e m:*!~beth@*'],
    ['+e *!~beth@*', '-e *!~beth@*'],
    ['-b m:beth!*@*', '+b m:*'],
  ] as const) {
    await alan.all(`MODE #a ${lift}`);
    await beth.heard();
    assert.equal(await speaks(), true, lift);
    await alan.all(`MODE #a ${undo}`);
    await beth.heard();
    assert.equal(await speaks(), false, undo);
  }
});

test('an exception to mutes is none to bans, and a plain ban mutes whoever is in', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await together('#a', alan, beth);
  await alan.all('MODE #a +be *!~beth@* m:beth');
  await beth.heard();
  assert.deepEqual(await beth.all('PRIVMSG #a :hi'), [], 'the exception is about speaking');
  await alan.all('MODE #a -e m:beth');
  assert.deepEqual(withVerb('404', await beth.all('PRIVMSG #a :hi')), [
    ':partyline.local 404 beth #a :Cannot send to channel (+b): you are banned or muted',
  ]);
  await alan.all('MODE #a +e m:beth');
  assert.deepEqual(withVerb('474', await beth.all('PART #a', 'JOIN #a')), [
    ':partyline.local 474 beth #a :Cannot join channel (+b)',
  ]);
});

// IRCv3 account-extban: by account, not by nick; it is listed as it was set.
test('a ban by account is kept as it is, and does not touch a nick that is spelled like it', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  assert.deepEqual(await alan.all('MODE #a +bb a:beth m:a:beth'), [
    ':alan!~alan@127.0.0.1 MODE #a +bb a:beth m:a:beth',
  ]);
  assert.deepEqual(
    withVerb('367', await alan.all('MODE #a b')).map((line) => line.split(' ')[4]),
    ['a:beth', 'm:a:beth'],
  );
  assert.equal(withVerb('JOIN', await beth.all('JOIN #a')).length, 1);
  assert.deepEqual(await beth.all('PRIVMSG #a :hi'), []);
  await alan.heard();
  assert.deepEqual(await alan.all('MODE #a -b A:beth', 'MODE #a -b a:BETH'), [
    ':alan!~alan@127.0.0.1 MODE #a -b a:beth',
  ]);
});

// Modern, "No External Messages Mode" and "Moderated Channel Mode": 404, and nobody hears it.
test('outsiders do not speak where +n is set, nor those without a voice where +m is', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  assert.deepEqual(await beth.all('PRIVMSG #a :hi'), [
    ':partyline.local 404 beth #a :Cannot send to channel (+n): you are not in it',
  ]);
  assert.deepEqual(await alan.all('MODE #a -n'), [':alan!~alan@127.0.0.1 MODE #a -n']);
  await beth.all('PRIVMSG #a :from outside');
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 PRIVMSG #a :from outside']);
  await alan.all('MODE #a +m');
  assert.deepEqual(await beth.all('PRIVMSG #a :hi'), [
    ':partyline.local 404 beth #a :Cannot send to channel (+m): you have no voice',
  ]);
  assert.deepEqual(await alan.heard(), []);
});

// +C as others have it: queries are refused, actions are not.
test('+C refuses CTCP to the channel, except for actions', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await together('#a', alan, beth);
  await alan.all('MODE #a +C');
  await beth.heard();
  assert.deepEqual(await alan.all('PRIVMSG #a :\u0001ACTION waves\u0001', 'PRIVMSG #a :\u0001PING 1 2\u0001'), [
    ':partyline.local 404 alan #a :Cannot send to channel (+C): CTCP is not allowed',
  ]);
  assert.deepEqual(await beth.heard(), [':alan!~alan@127.0.0.1 PRIVMSG #a :\u0001ACTION waves\u0001']);
});

// +N and +Q as others have them: 447, 482.
test('+N fixes the nicks of those without a voice, +Q keeps everybody from being kicked', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await together('#a', alan, beth);
  await alan.all('MODE #a +NQ');
  await beth.heard();
  assert.deepEqual(await beth.all('NICK carl'), [
    ':partyline.local 447 beth carl :Cannot change nickname while in #a (+N)',
  ]);
  assert.deepEqual(await alan.all('KICK #a beth'), [
    ':partyline.local 482 alan #a :Nobody can be kicked from that channel (+Q)',
  ]);
  await alan.all('MODE #a +v beth');
  await beth.heard();
  assert.deepEqual(await beth.all('NICK carl'), [':beth!~beth@127.0.0.1 NICK carl']);
});

// +U as others have it: what those without a voice say goes to the operators alone, and looks as it always does.
test('+U keeps what those without a voice say for the operators, tags as well', async (t) => {
  const [server, { alan }] = await party(t, ['alan']);
  const beth = await IrcClient.join(server, 'beth', 'echo-message message-tags');
  const [carl, half] = [await IrcClient.join(server, 'carl', 'message-tags'), await IrcClient.join(server, 'half')];
  await together('#a', alan, beth, carl, half);
  await alan.all('MODE #a +Uh half');
  for (const client of [beth, carl, half]) await client.heard();
  assert.deepEqual(await beth.all('PRIVMSG #a :hello', '@+typing=active TAGMSG #a'), [
    ':beth!~beth@127.0.0.1 PRIVMSG #a :hello',
    ':beth!~beth@127.0.0.1 TAGMSG #a',
  ]);
  for (const client of [alan, half]) {
    assert.deepEqual(await client.heard(), [':beth!~beth@127.0.0.1 PRIVMSG #a :hello']);
  }
  assert.deepEqual(await carl.heard(), []);
  assert.deepEqual(await carl.all('PRIVMSG +#a :to those with a voice'), []);
  assert.deepEqual(await beth.heard(), []);
  await alan.all('MODE #a +v beth', 'PRIVMSG #a :all of you');
  await beth.all('PRIVMSG #a :and I');
  assert.deepEqual(withVerb('PRIVMSG', await carl.heard()).length, 2);
});

// +u as others have it: those without a voice see those with one, and not each other.
test('in an auditorium those without a voice do not see each other', async (t) => {
  const [, { alan, beth, carl, dora }] = await party(t, ['alan', 'beth', 'carl', 'dora']);
  await alan.all('JOIN #a', 'MODE #a +u-n');
  const namesFor = async (client: IrcClient): Promise<string> =>
    (withVerb('353', await client.all('NAMES #a'))[0] ?? '').split(' :')[1] ?? '';
  assert.deepEqual(withVerb('353', await beth.all('JOIN #a')), [':partyline.local 353 beth = #a :@alan beth']);
  await carl.all('JOIN #a');
  assert.deepEqual(await beth.heard(), [], 'no JOIN of somebody without a voice');
  assert.deepEqual(verbs(await alan.heard()), ['JOIN', 'JOIN']);
  assert.equal(await namesFor(alan), '@alan beth carl');
  for (const client of [beth, carl, dora]) assert.equal(await namesFor(client), '@alan');
  assert.deepEqual(withVerb('352', await beth.all('WHO #a')).length, 1);
  assert.deepEqual(withVerb('319', await beth.all('WHOIS carl')), []);
  await beth.all('PRIVMSG #a :hello');
  assert.deepEqual(await carl.heard(), [':beth!~beth@127.0.0.1 PRIVMSG #a :hello'], 'everybody hears everybody');
  await carl.all('NICK Carl', 'AWAY :lunch', 'PART #a :bye', 'JOIN #a');
  await alan.all('KICK #a carl');
  assert.deepEqual(await beth.heard(), []);
  await carl.all('JOIN #a');
  await alan.all('MODE #a +v beth');
  assert.equal(await namesFor(carl), '@alan +beth');
  assert.equal(await namesFor(beth), '@alan +beth Carl');
  await beth.all('PART #a :bye');
  assert.deepEqual((await carl.heard()).slice(-1), [':beth!~beth@127.0.0.1 PART #a bye']);
  await beth.all('JOIN #a');
  await alan.heard();
  carl.send('QUIT :gone');
  await carl.text.end();
  assert.deepEqual(verbs(await alan.heard()), ['QUIT']);
  assert.deepEqual(await beth.heard(), []);
});

// The same for somebody who is seen in one channel and not in another: told once, where there is something to see.
test('whoever shares another channel with a hidden member sees them quit, once', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await alan.all('JOIN #a,#b', 'MODE #a +u');
  for (const client of [beth, carl]) await client.all('JOIN #a');
  await carl.all('JOIN #b');
  for (const client of [alan, beth]) await client.heard();
  await carl.all('NICK karl');
  assert.deepEqual(await alan.heard(), [':carl!~carl@127.0.0.1 NICK karl']);
  assert.deepEqual(await beth.heard(), []);
});

// Modern, "Channel Membership Prefixes"; SAMODE gives what nobody in the channel can.
test('founders and protected operators: who makes them, and who may touch them', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl'], OPERATOR);
  await together('#a', alan, beth, carl);
  await carl.all('OPER root correct-horse');
  assert.deepEqual(await carl.all('SAMODE #a +qao beth beth carl'), [
    ':carl!~carl@127.0.0.1 MODE #a +qao beth beth carl',
  ]);
  await alan.heard();
  assert.deepEqual(await alan.all('MODE #a -q beth', 'MODE #a -o beth', 'KICK #a beth', 'MODE #a +a alan'), [
    ':partyline.local 482 alan #a :You need +q or higher on that channel',
    ':partyline.local 482 alan #a :You need +q or higher on that channel',
    ':partyline.local 482 alan #a :You need +o or higher on that channel',
    ':partyline.local 482 alan #a :You need +q or higher on that channel',
  ]);
  await beth.heard();
  assert.deepEqual(await beth.all('MODE #a +a-o+hv alan alan alan carl'), [
    ':beth!~beth@127.0.0.1 MODE #a +a-o+hv alan alan alan carl',
  ]);
  assert.deepEqual(withVerb('353', await beth.all('NAMES #a')), [':partyline.local 353 beth = #a :&alan ~beth @carl']);
});

// Modern, "STATUSMSG parameter": to those of a role and above, with the prefix left on.
test('a message to a prefix and a channel reaches those of that role and above', async (t) => {
  const [, { alan, beth, carl, dora }] = await party(t, ['alan', 'beth', 'carl', 'dora']);
  await together('#a', alan, beth, carl, dora);
  await alan.all('MODE #a +hv beth carl');
  for (const client of [beth, carl, dora]) await client.heard();
  for (const [prefix, hearers] of [
    ['@', [alan]],
    ['%', [alan, beth]],
    ['+', [alan, beth, carl]],
    ['~', []],
  ] as const) {
    assert.deepEqual(await dora.all(`PRIVMSG ${prefix}#a :hi`, `NOTICE ${prefix}#a :hi`), []);
    for (const client of [alan, beth, carl]) {
      const heard = await client.heard();
      const isMeant = hearers.some((hearer) => hearer === client);
      assert.deepEqual(
        heard,
        isMeant ? ['PRIVMSG', 'NOTICE'].map((verb) => `:dora!~dora@127.0.0.1 ${verb} ${prefix}#a :hi`) : [],
      );
    }
  }
});
