// WHO: RFC 2812 section 3.6.1, Modern, WHOX.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withVerb, party, verbs } from '../support/irc-party.ts';

const OPERATORS = { irc: { operators: ['boss:open-sesame'] } };

// Modern, "WHO message": 315 has the mask as it was sent.
for (const mask of ['alan', 'ALAN', 'ala*', 'a?an', '~alan']) {
  test(`WHO ${mask} finds one person, here or gone, operator or not`, async (t) => {
    const [, { alan, beth }] = await party(t, ['alan', 'beth'], OPERATORS);
    const who = async (flags: string): Promise<void> =>
      assert.deepEqual(await beth.all(`WHO ${mask}`), [
        `:partyline.local 352 beth * ~alan 127.0.0.1 partyline.local alan ${flags} :0 Real alan`,
        `:partyline.local 315 beth ${mask} :End of WHO list`,
      ]);
    await who('H');
    await alan.all('AWAY :be right back');
    await who('G');
    await alan.all('OPER boss open-sesame');
    await who('G*');
    await alan.all('AWAY', 'MODE alan +B');
    await who('H*B');
  });
}

// Modern, "RPL_WHOREPLY": the channel that was asked for, and the prefix in it.
test('WHO of a channel tells its people, with their roles in it', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a,#b', 'AWAY :gone', 'MODE alan +B');
  await beth.all('JOIN #a,#b');
  for (const [asked, title] of [
    ['#a', '#a'],
    ['#B', '#b'],
  ] as const) {
    assert.deepEqual(await beth.all(`WHO ${asked}`), [
      `:partyline.local 352 beth ${title} ~alan 127.0.0.1 partyline.local alan G@B :0 Real alan`,
      `:partyline.local 352 beth ${title} ~beth 127.0.0.1 partyline.local beth H :0 Real beth`,
      `:partyline.local 315 beth ${asked} :End of WHO list`,
    ]);
  }
});

// RFC 2812 section 3.6.1: "0" and "*" are everybody; "o" is operators alone.
test('WHO * is everybody that one may see, and with o the operators', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], OPERATORS);
  for (const mask of ['*', '0']) assert.deepEqual(verbs(await alan.all(`WHO ${mask}`)), ['352', '352', '315']);
  assert.deepEqual(verbs(await alan.all('WHO * o', 'WHO nobody', 'WHO #none')), ['315', '315', '315']);
  await beth.all('OPER boss open-sesame');
  assert.match((await alan.all('WHO * o'))[0] ?? '', / beth H\* /);
});

// Modern, "Invisible User Mode": masks do not find such people, unless a channel is shared.
test('an invisible person is found by nick, and by a mask only from within a channel', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a', 'MODE alan +i');
  assert.deepEqual(verbs(await beth.all('WHO ala*')), ['315']);
  assert.deepEqual(verbs(await beth.all('WHO #a')), ['315']);
  assert.deepEqual(verbs(await beth.all('WHO alan')), ['352', '315']);
  assert.deepEqual(verbs(await alan.all('WHO ala*')), ['352', '315'], 'one sees oneself');
  await beth.all('JOIN #a');
  assert.deepEqual(verbs(await beth.all('WHO ala*')), ['352', '315']);
});

// WHOX (IRCv3, ircu): fields come in one order whatever order they are asked for in.
for (const fields of ['tcuihsnfdlaor', 'roaldfnshiuct']) {
  test(`WHOX with all fields, asked for as ${fields}`, async (t) => {
    const [, { alan, beth }] = await party(t, ['alan', 'beth']);
    await alan.all('JOIN #a');
    const [reply = ''] = await beth.all(`WHO #a %${fields},123`);
    assert.match(
      reply,
      /^:partyline\.local 354 beth 123 #a ~alan 255\.255\.255\.255 127\.0\.0\.1 partyline\.local alan H@ 0 \d+ 0 n\/a :Real alan$/,
    );
  });
}

// WHOX: the token is one to three digits; an account is 0 when there is none.
test('WHOX with a few fields, with a token and without', async (t) => {
  const [, { beth }] = await party(t, ['alan', 'beth']);
  assert.deepEqual(
    withVerb('354', await beth.all('WHO alan %tn,321', 'WHO alan %na', 'WHO alan %tn', 'WHO alan %tn,x')),
    [
      ':partyline.local 354 beth 321 alan',
      ':partyline.local 354 beth alan 0',
      ':partyline.local 354 beth 0 alan',
      ':partyline.local 354 beth 0 alan',
    ],
  );
});

// RFC 2812 sections 4.8 and 4.9: 302, 303.
test('USERHOST and ISON tell of those who are here', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], OPERATORS);
  assert.deepEqual(await beth.all('USERHOST alan nobody BETH', 'ISON alan nobody BETH', 'ISON :alan beth', 'ISON x'), [
    ':partyline.local 302 beth :alan=+~alan@127.0.0.1 beth=+~beth@127.0.0.1',
    ':partyline.local 303 beth :alan beth',
    ':partyline.local 303 beth :alan beth',
    ':partyline.local 303 beth :',
  ]);
  await alan.all('AWAY :gone', 'OPER boss open-sesame');
  assert.deepEqual(await beth.all('USERHOST alan'), [':partyline.local 302 beth :alan*=-~alan@127.0.0.1']);
  assert.deepEqual(verbs(await beth.all('USERHOST', 'ISON')), ['461', '461']);
  const [five = ''] = await beth.all('USERHOST :alan beth alan beth alan beth');
  assert.equal(five.split(' ').length, 3 + 5, 'five at most');
});

// RFC 2812 sections 2.3 and 4.9: one reply, of 512 bytes at most.
test('the answers to ISON and WHOIS are never longer than a message', async (t) => {
  const nicks = Array.from({ length: 25 }, (_, index) => `a-long-nickname-${index}`);
  const [, clients] = await party(t, [...nicks, 'alan']);
  const { alan } = clients;
  const [ison = '', ...more] = await alan!.all(`ISON ${nicks.join(' ')}`);
  assert.equal(ison, `:partyline.local 303 alan :${nicks.join(' ')}`);
  assert.deepEqual(more, []);
  const rooms = Array.from({ length: 30 }, (_, index) => `#a-channel-of-a-long-name-${index}`);
  for (const room of rooms) await alan!.all(`JOIN ${room}`);
  const lines = withVerb('319', await alan!.all('WHOIS alan'));
  assert.ok(lines.length > 1 && lines.every((line) => Buffer.byteLength(line) <= 510));
  const shown = lines.flatMap((line) => (line.split(' :')[1] ?? '').split(' '));
  assert.deepEqual(
    shown,
    rooms.map((room) => `@${room}`),
  );
});
