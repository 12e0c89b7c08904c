// Rooms over IRC: RFC 2812 section 3.2, Modern.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { startServer, type TestServer } from '../support/test-server.ts';

const OPEN = { limits: { detection_ms: 10, enabled: false } };

async function party(t: TestContext, ...nicks: string[]): Promise<[TestServer, ...IrcClient[]]> {
  const server = await startServer(t, OPEN);
  const clients: IrcClient[] = [];
  for (const nick of nicks) clients.push(await IrcClient.join(server, nick));
  return [server, ...clients];
}

// RFC 2812 section 3.2.1: JOIN, then 332 and 353, 366.
test('JOIN: the maker is operator, the others see it, and the topic and the names are told', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  assert.deepEqual(await alan!.all('JOIN #Room'), [
    ':alan!~alan@127.0.0.1 JOIN #Room',
    ':partyline.local 353 alan = #Room :@alan',
    ':partyline.local 366 alan #Room :End of /NAMES list',
  ]);
  await alan!.all('TOPIC #room :hello there');
  const joined = await beth!.all('JOIN #room');
  assert.deepEqual(joined.slice(0, 2), [
    ':beth!~beth@127.0.0.1 JOIN #Room',
    ':partyline.local 332 beth #Room :hello there',
  ]);
  assert.match(joined[2] ?? '', /^:partyline\.local 333 beth #Room alan!~alan@127\.0\.0\.1 \d+$/);
  assert.deepEqual(joined.slice(3), [
    ':partyline.local 353 beth = #Room :@alan beth',
    ':partyline.local 366 beth #Room :End of /NAMES list',
  ]);
  assert.deepEqual(await alan!.heard(), [':beth!~beth@127.0.0.1 JOIN #Room']);
  assert.deepEqual(await beth!.all('JOIN #room'), [], 'joining twice says nothing');
});

test('JOIN and PART take lists, JOIN 0 leaves everything', async (t) => {
  const [, alan] = await party(t, 'alan');
  const lines = await alan!.all('JOIN #a,#b,nonsense', 'PART #a,#b,#c :enough');
  assert.deepEqual(
    lines.filter((line) => !/ (353|366) /.test(line)),
    [
      ':alan!~alan@127.0.0.1 JOIN #a',
      ':alan!~alan@127.0.0.1 JOIN #b',
      ':partyline.local 403 alan nonsense :No such channel',
      ':alan!~alan@127.0.0.1 PART #a enough',
      ':alan!~alan@127.0.0.1 PART #b enough',
      ':partyline.local 403 alan #c :No such channel',
    ],
  );
  await alan!.all('JOIN #a', 'JOIN #b');
  assert.equal((await alan!.all('JOIN 0')).length, 2);
});

// RFC 2812 section 3.2.3: 471, 473, 474, 475; Modern: 476, 477.
test('modes that keep people out: b, e, i, I, k, l, R', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  await alan!.all('JOIN #a');
  const tryJoin = async (key = ''): Promise<string> => {
    const [first = ''] = await beth!.all(`JOIN #a ${key}`);
    await beth!.all('PART #a');
    await alan!.heard();
    return first.split(' ').slice(0, 4).join(' ');
  };
  const refused = (numeric: string): string => `:partyline.local ${numeric} beth #a`;
  const entered = ':beth!~beth@127.0.0.1 JOIN #a';
  for (const [modes, numeric, undo] of [
    ['+b beth', '474', '-b beth'],
    ['+b *!*@127.0.0.1', '474', '-b *!*@127.0.0.1'],
    ['+i', '473', '-i'],
    ['+l 1', '471', '-l'],
    ['+k secret', '475', '-k *'],
    ['+R', '477', '-R'],
    ['+j 1:100', '480', '-j'],
  ] as const) {
    const [done] = await alan!.all(`MODE #a ${modes}`);
    assert.match(done ?? '', /^:alan!~alan@127\.0\.0\.1 MODE #a \+/, modes);
    if (modes.startsWith('+j')) await tryJoin();
    assert.equal(await tryJoin(), refused(numeric), modes);
    if (modes.startsWith('+k')) assert.equal(await tryJoin('secret'), entered);
    await alan!.all(`MODE #a ${undo}`);
    assert.equal(await tryJoin(), entered, undo);
  }
  await alan!.all('MODE #a +b beth', 'MODE #a +e *!~beth@*');
  assert.equal(await tryJoin(), entered, 'an exception lifts a ban');
  await alan!.all('MODE #a -b beth', 'MODE #a +i', 'MODE #a +I beth');
  assert.equal(await tryJoin(), entered, 'an exception to invitations');
});

test('modes that keep people from speaking: n, m, M, c, C, and a muting ban', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  await alan!.all('JOIN #a');
  const say = async (text = 'hi'): Promise<string> => {
    const [answer = 'heard'] = await beth!.all(`PRIVMSG #a :${text}`);
    await alan!.heard();
    return answer.split(' ')[1] ?? answer;
  };
  assert.equal(await say(), '404', '+n is on from the start');
  await alan!.all('MODE #a -n');
  assert.equal(await say(), 'heard');
  await beth!.all('JOIN #a');
  for (const [modes, text, undo] of [
    ['+m', 'hi', '-m'],
    ['+M', 'hi', '-M'],
    ['+c', '\u0002bold', '-c'],
    ['+C', '\u0001VERSION\u0001', '-C'],
    ['+b m:beth', 'hi', '-b m:beth!*@*'],
  ] as const) {
    await alan!.all(`MODE #a ${modes}`);
    await beth!.heard();
    assert.equal(await say(text), '404', modes);
    if (modes === '+m') {
      await alan!.all('MODE #a +v beth');
      await beth!.heard();
      assert.equal(await say(), 'heard', 'a voice speaks');
      await alan!.all('MODE #a -v beth');
    }
    await alan!.all(`MODE #a ${undo}`);
    await beth!.heard();
    assert.equal(await say(text), 'heard', undo);
  }
  await alan!.all('MODE #a +S');
  await beth!.all('PRIVMSG #a :\u0002bold\u0003 4plain');
  assert.deepEqual((await alan!.heard()).slice(-1), [':beth!~beth@127.0.0.1 PRIVMSG #a :bold 4plain']);
});

// RFC 2812 section 3.2.3; Modern, "Channel Membership Prefixes".
test('roles: who may give and take them, and what they show', async (t) => {
  const [server, alan, beth, carl] = await party(t, 'alan', 'beth', 'carl');
  await alan!.all('JOIN #a');
  await beth!.all('JOIN #a');
  await carl!.all('JOIN #a');
  const mode = async (who: IrcClient, text: string): Promise<string> => {
    await who.heard();
    const lines = await who.all(`MODE #a ${text}`);
    return (lines.find((line) => / (4\d\d|MODE) /.test(line)) ?? '').replace(/^:\S+ /, '');
  };
  assert.equal(await mode(beth!, '+v carl'), '482 beth #a :You need +h or higher on that channel');
  assert.equal(await mode(alan!, '+h beth'), 'MODE #a +h beth');
  assert.equal(await mode(beth!, '+v CARL'), 'MODE #a +v carl');
  assert.equal(await mode(beth!, '+o carl'), '482 beth #a :You need +o or higher on that channel');
  assert.equal(await mode(alan!, '+q alan'), '482 alan #a :You need +q or higher on that channel');
  assert.equal(await mode(alan!, '+o nobody'), '401 alan nobody :No such nick/channel');
  assert.equal(await mode(beth!, '-h beth'), 'MODE #a -h beth', 'anybody may step down');
  assert.equal(await mode(alan!, '+X'), '472 alan X :is unknown mode char to me');
  assert.equal(await mode(alan!, '+l nonsense'), '');
  await alan!.all('MODE #a +ov beth beth');
  assert.ok((await carl!.all('NAMES #a')).includes(':partyline.local 353 carl = #a :@alan @beth +carl'));
  const dora = await IrcClient.join(server, 'dora', 'multi-prefix userhost-in-names');
  const host = (nick: string): string => `${nick}!~${nick}@127.0.0.1`;
  assert.equal(
    (await dora.all('NAMES #a'))[0],
    `:partyline.local 353 dora = #a :@${host('alan')} @+${host('beth')} +${host('carl')}`,
  );
});

// RFC 2812 sections 3.2.7 and 3.2.8.
test('KICK and INVITE', async (t) => {
  const [, alan, beth, carl] = await party(t, 'alan', 'beth', 'carl');
  await alan!.all('JOIN #a');
  await beth!.all('JOIN #a');
  assert.deepEqual(await beth!.all('KICK #a alan', 'INVITE carl #a'), [
    ':partyline.local 482 beth #a :You need +h or higher on that channel',
    ':partyline.local 341 beth carl #a',
  ]);
  assert.deepEqual(await carl!.heard(), [':beth!~beth@127.0.0.1 INVITE carl #a']);
  await alan!.all('MODE #a +i');
  assert.deepEqual(await alan!.all('KICK #a beth :out', 'KICK #a carl', 'KICK #a ghost'), [
    ':alan!~alan@127.0.0.1 KICK #a beth out',
    ":partyline.local 441 alan carl #a :They aren't on that channel",
    ':partyline.local 401 alan ghost :No such nick/channel',
  ]);
  assert.deepEqual((await beth!.heard()).slice(-1), [':alan!~alan@127.0.0.1 KICK #a beth out']);
  assert.match((await carl!.all('JOIN #a'))[0] ?? '', / JOIN #a$/, 'the invitation still holds');
  assert.deepEqual(await beth!.all('INVITE alan #a', 'INVITE nobody #a'), [
    ":partyline.local 442 beth #a :You're not on that channel",
    ':partyline.local 401 beth nobody :No such nick/channel',
  ]);
});

test('secret channels are hidden from WHOIS, LIST and NAMES', async (t) => {
  const [, alan, beth] = await party(t, 'alan', 'beth');
  await alan!.all('JOIN #a', 'MODE #a +s');
  const lines = await beth!.all('WHOIS alan', 'LIST', 'NAMES #a', 'WHO #a');
  assert.deepEqual(
    lines.filter((line) => / (319|322|353|352) /.test(line) && line.includes('#a')),
    [],
  );
  await beth!.all('JOIN #a');
  const after = await beth!.all('WHOIS alan', 'LIST', 'NAMES #a', 'WHO #a');
  assert.equal(after.filter((line) => / (319|322|353|352) /.test(line) && line.includes('#a')).length, 5);
});

// Modern, "STATUSMSG parameter".
test('a message to @#channel reaches operators only', async (t) => {
  const [, alan, beth, carl] = await party(t, 'alan', 'beth', 'carl');
  await alan!.all('JOIN #a');
  await beth!.all('JOIN #a');
  await carl!.all('JOIN #a', 'PRIVMSG @#a :operators only');
  assert.deepEqual((await alan!.heard()).slice(-1), [':carl!~carl@127.0.0.1 PRIVMSG @#a :operators only']);
  assert.ok(!(await beth!.heard()).some((line) => line.includes('operators only')));
});
