// What may be asked about the server: RFC 2812 section 3.4, Modern.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../src/dialects/irc/command-table.ts';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';

// Modern, "LUSERS message": 251 to 255, 265 and 266, with the most there ever were.
test('LUSERS counts people, those not registered yet, operators, channels, and the most there were', async (t) => {
  const [server, { alan }] = await party(t, ['alan'], { irc: { operators: ['boss:open-sesame'] } });
  const lusers = async (): Promise<string[]> =>
    (await alan.all('LUSERS')).map((line) => line.replace(':partyline.local ', '').replace(' alan', ''));
  const counted = (present: number, most: number, unregistered: number): string[] => [
    `251 :There are ${present} users and 0 invisible on 1 server(s)`,
    '252 0 :IRC Operators online',
    `253 ${unregistered} :unregistered connections`,
    '254 0 :channels formed',
    `255 :I have ${present} clients and 0 servers`,
    `265 ${present} ${most} :Current local users ${present}, max ${most}`,
    `266 ${present} ${most} :Current global users ${present}, max ${most}`,
  ];
  assert.deepEqual(await lusers(), counted(1, 1, 0));
  const beth = new IrcClient(await server.open());
  await beth.all('NICK beth');
  assert.deepEqual(await lusers(), counted(1, 1, 1));
  await beth.all('USER b 0 * :B');
  assert.deepEqual(await lusers(), counted(2, 2, 0));
  beth.send('QUIT');
  await beth.text.end();
  assert.deepEqual(await lusers(), counted(1, 2, 0));
  await alan.all('OPER boss open-sesame', 'MODE alan +i', 'JOIN #a');
  assert.deepEqual((await lusers()).slice(0, 4), [
    '251 :There are 0 users and 1 invisible on 1 server(s)',
    '252 1 :IRC Operators online',
    '253 0 :unregistered connections',
    '254 1 :channels formed',
  ]);
  await alan.all('MODE alan -o');
  assert.equal((await lusers())[1], '252 0 :IRC Operators online');
});

// Modern, "i: invisible user mode"; "RPL_UMODEIS".
test('clients begin invisible where the settings say so, and are counted as that', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth'], { irc: { invisible: true } });
  const visible = async (): Promise<string | undefined> => (await alan.all('LUSERS'))[0];
  assert.equal(await visible(), ':partyline.local 251 alan :There are 0 users and 2 invisible on 1 server(s)');
  assert.deepEqual(await alan.all('WHO bet*'), [':partyline.local 315 alan bet* :End of WHO list']);
  assert.deepEqual(await beth.all('MODE beth -i'), [':beth!~beth@127.0.0.1 MODE beth -i']);
  assert.equal(await visible(), ':partyline.local 251 alan :There are 1 users and 1 invisible on 1 server(s)');
  const carol = new IrcClient(await server.open());
  assert.ok((await carol.all('NICK carol', 'USER c 0 * :C')).includes(':partyline.local 221 carol +i'));
});

// RFC 2812 section 3.4.5; Modern, "LINKS message".
test('LINKS lists this server to an operator, and its end has the mask', async (t) => {
  const irc = { description: 'test server', operators: ['boss:open-sesame'] };
  const [, { alan }] = await party(t, ['alan'], { irc });
  assert.deepEqual(await alan.all('LINKS'), [':partyline.local 365 alan * :End of /LINKS list']);
  await alan.all('OPER boss open-sesame');
  const link = ':partyline.local 364 alan partyline.local partyline.local :0 test server';
  assert.deepEqual(await alan.all('LINKS', 'LINKS *.local', 'LINKS *.example'), [
    link,
    ':partyline.local 365 alan * :End of /LINKS list',
    link,
    ':partyline.local 365 alan *.local :End of /LINKS list',
    ':partyline.local 365 alan *.example :End of /LINKS list',
  ]);
});

const QUERIES = {
  ADMIN: ['256', '257', '258', '259'],
  INFO: ['371', '371', '374'],
  MOTD: ['375', '372', '376'],
  TIME: ['391'],
  VERSION: ['351', '005', '005', '005'],
  'STATS u': ['242', '219'],
  'LUSERS *': ['251', '252', '253', '254', '255', '265', '266'],
} as const;

// RFC 2812 section 3.4: "<target>" is a server, a mask of one, or the nick of somebody on it; 402 when there is none.
for (const [query, numerics] of Object.entries(QUERIES)) {
  test(`${query} is answered for this server by whatever name, and for no other`, async (t) => {
    const [, { alan }] = await party(t, ['alan'], { irc: { motd: ['hello'] } });
    for (const target of ['', 'partyline.local', '*line*', 'alan']) {
      assert.deepEqual(verbs(await alan.all(`${query} ${target}`)), numerics, target);
    }
    assert.deepEqual(await alan.all(`${query} other.example`), [
      ':partyline.local 402 alan other.example :No such server',
    ]);
  });
}

// Modern, "RPL_TIME", "RPL_VERSION", "RPL_ADMINME", "RPL_ENDOFSTATS".
test('the answers about the server have the server and the parameters that they are to have', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  assert.match((await alan.all('TIME'))[0] ?? '', /^:partyline\.local 391 alan partyline\.local :\w{3}, .* GMT$/);
  assert.match((await alan.all('VERSION'))[0] ?? '', /^:partyline\.local 351 alan partyline-\S+ partyline\.local :/);
  assert.deepEqual((await alan.all('ADMIN'))[0], ':partyline.local 256 alan partyline.local :Administrative info');
  assert.deepEqual(await alan.all('STATS', 'STATS x'), [
    ':partyline.local 219 alan * :End of /STATS report',
    ':partyline.local 219 alan x :End of /STATS report',
  ]);
  assert.deepEqual(await alan.all('MOTD', 'USERS'), [
    ':partyline.local 422 alan :MOTD File is missing',
    ':partyline.local 446 alan :USERS has been disabled',
  ]);
});

// Modern, "HELP message": 704, 705 and 706 with the subject; 524.
for (const verb of ['HELP', 'HELPOP']) {
  test(`${verb} lists the commands and explains each, and says what it knows nothing of`, async (t) => {
    const [, { alan }] = await party(t, ['alan']);
    const lines = await alan.all(verb);
    assert.equal(lines[0], ':partyline.local 704 alan * :Commands of this server');
    assert.equal(lines.at(-1), ':partyline.local 706 alan * :HELP <command> explains one');
    const listed = withVerb('705', lines).flatMap((line) => line.replace('* :', '* ').split(' ').slice(4));
    assert.deepEqual(listed, [...commands.keys()]);
    for (const command of listed) {
      const [start, ...rest] = await alan.all(`${verb} ${command.toLowerCase()}`);
      const subject = `alan ${command.toLowerCase()} `;
      assert.ok(start?.replace(' :', ' ').startsWith(`:partyline.local 704 ${subject}${command}`), start);
      assert.deepEqual(verbs(rest), ['705', '706']);
      assert.ok(rest.every((line) => line.includes(` ${subject}`)));
    }
    assert.deepEqual(await alan.all(`${verb} nothing`), [
      ':partyline.local 524 alan nothing :No help available on this topic',
    ]);
  });
}

// RFC 2812 section 4.7; Modern, "WALLOPS message".
test('WALLOPS reaches those with +w, and is for operators', async (t) => {
  const [, { boss, listener, other }] = await party(t, ['boss', 'listener', 'other'], {
    irc: { operators: ['boss:open-sesame'] },
  });
  await listener.all('MODE listener +w');
  assert.equal(withVerb('481', await boss.all('WALLOPS :hi')).length, 1);
  await boss.all('OPER boss open-sesame');
  const told = [':boss!~boss@127.0.0.1 WALLOPS :hi everyone'];
  assert.deepEqual(await boss.all('WALLOPS :hi everyone'), told, 'an operator has +w');
  assert.deepEqual(await listener.heard(), told);
  assert.deepEqual(await other.heard(), []);
  assert.deepEqual(verbs(await boss.all('WALLOPS')), ['461']);
});

// RFC 2812 section 2.3: 512 bytes, whatever the client put into its question.
test('an answer that repeats what was asked is no longer than a message', async (t) => {
  const [, { alan }] = await party(t, ['alan']);
  for (const query of [
    'WHO X',
    'WHOIS X',
    'WHOWAS X',
    'NAMES X',
    'NAMES #X',
    'JOIN X',
    'PART X',
    'KICK X alan',
    'TOPIC #X',
    'INVITE X #a',
    'INFO X',
    'LINKS X',
    'HELP X',
    'MODE X',
    'MODE #X',
    'PRIVMSG X hi',
    'PRIVMSG a,b,c,d,X hi',
    'NICK X',
    'MONITOR + X',
    'ACCEPT X',
    'ACCEPT -X',
    'USERHOST X',
    'ISON X',
    'CAP X',
    'X',
  ]) {
    const lines = await alan.all(query.replace('X', 'x'.repeat(511 - query.length)));
    for (const line of lines) assert.ok(Buffer.byteLength(line) <= 510, `${query}: ${line}`);
  }
});
