// irssi as Debian has it, at a terminal, among somebody with netcat and a bot made with irc-framework.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcBot } from '../support/irc-bot.ts';
import { irssiLines, startIrssi } from '../support/irssi.ts';
import { Netcat } from '../support/netcat.ts';
import { missing } from '../support/programs.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startServer } from '../support/test-server.ts';

const UNLIMITED = { limits: { enabled: false } };

const skip = missing('irssi', 'nc', 'openssl', 'tmux');

test('irssi among netcat and a bot: all that people do, and the server going away', { skip }, async (t) => {
  const keyPair = selfSigned(t);
  const { server, port } = await startServer(t, UNLIMITED, keyPair);
  const irssi = startIrssi(t, port, 'ira');
  await irssi.shows('Mode change [+i] for user ira');
  irssi.enter('/join #den');
  await irssi.shows('Channel #den created');
  const netcat = new Netcat(t, port);
  const guestPort = /^welcome! you are 127\.0\.0\.1 : (\d+) /.exec(await netcat.line())?.[1] ?? '';
  netcat.enter('/join #den');
  assert.equal(await netcat.line(), '* you are in #den now, with ira');
  await irssi.shows(`guest${guestPort} [guest@127.0.0.1] has joined #den`);
  const bot = new IrcBot(t, port, 'robby');
  await bot.next('registered');
  bot.client.join('#den');
  assert.equal(await netcat.line(), '* robby joined #den');

  // Talk, and what is done instead of it.
  netcat.enter('hello from netcat');
  await irssi.shows('hello from netcat');
  irssi.enter('hello, é and ☃');
  assert.equal(await netcat.line(), '<ira> :hello, é and ☃');
  await bot.next('privmsg', { nick: 'ira', target: '#den', message: 'hello, é and ☃' });
  bot.client.say('#den', 'beep');
  assert.equal(await netcat.line(), '<robby> :beep');
  netcat.enter('/me nods');
  await irssi.shows('nods');
  irssi.enter('/me dances');
  assert.equal(await netcat.line(), '* ira dances');
  await bot.next('action', { nick: 'ira', message: 'dances' });
  bot.client.action('#den', 'whirrs');
  assert.equal(await netcat.line(), '* robby whirrs');

  // The room is run by whoever made it, and by those they trust.
  irssi.enter('/topic A den of old programs');
  assert.equal(await netcat.line(), '* ira set the topic of #den: A den of old programs');
  netcat.enter('/topic mine');
  assert.equal(await netcat.line(), '* only an operator of #den can do that');
  irssi.enter('/op robby');
  assert.equal(await netcat.line(), '* ira made robby an operator of #den');
  await bot.next('mode', { nick: 'ira', target: '#den', raw_modes: '+o', raw_params: ['robby'] });
  bot.client.setTopic('#den', 'A den of programs');
  assert.equal(await netcat.line(), '* robby set the topic of #den: A den of programs');
  irssi.enter(`/voice guest${guestPort}`);
  assert.equal(await netcat.line(), `* ira gave guest${guestPort} a voice in #den`);

  // Names.
  netcat.enter('/nick ned');
  assert.equal(await netcat.line(), '* you are now ned');
  await irssi.shows('is now known as ned');
  irssi.enter('/nick iris');
  assert.equal(await netcat.line(), '* ira is now iris');
  await bot.next('nick', { nick: 'ira', new_nick: 'iris' });

  // Out, in again, and out for good.
  irssi.enter('/kick ned mind the step');
  assert.equal(await netcat.line(), '* iris put you out of #den (mind the step); you talk in #lobby now');
  netcat.enter('/join #den');
  assert.equal(await netcat.line(), '* you are in #den now, with iris, robby');
  assert.equal(await netcat.line(), '* topic: A den of programs');
  await irssi.matches('ned has joined again', (screen) => screen.includes('-!- ned [guest@127.0.0.1] has joined #den'));
  irssi.enter('/kickban ned enough');
  assert.equal(await netcat.line(), '* iris added *!*guest@127.0.0.* to the bans of #den');
  assert.equal(await netcat.line(), '* iris put you out of #den (enough); you talk in #lobby now');
  netcat.enter('/join #den');
  assert.equal(await netcat.line(), '* you cannot enter #den: you are banned there');
  irssi.enter('/ban');
  await irssi.shows('1 - #den: ban *!*guest@127.0.0.*');
  const room = timeless(irssi.screen);
  assert.deepEqual(room, [
    '-!- ira [~ira@127.0.0.1] has joined #den',
    '[Users #den]',
    '[@ira]',
    '-!- Irssi: #den: Total of 1 nicks [1 ops, 0 halfops, 0 voices, 0 normal]',
    '-!- Channel #den created TIME',
    `-!- guest${guestPort} [guest@127.0.0.1] has joined #den`,
    '-!- robby [~robby@127.0.0.1] has joined #den',
    `< guest${guestPort}> hello from netcat`,
    '<@ira> hello, é and ☃',
    '< robby> beep',
    ` * guest${guestPort} nods`,
    ' * ira dances',
    ' * robby whirrs',
    '-!- ira changed the topic of #den to: A den of old programs',
    '-!- mode/#den [+o robby] by ira',
    '-!- robby changed the topic of #den to: A den of programs',
    `-!- mode/#den [+v guest${guestPort}] by ira`,
    `-!- guest${guestPort} is now known as ned`,
    "-!- You're now known as iris",
    '-!- ned was kicked from #den by iris [mind the step]',
    '-!- ned [guest@127.0.0.1] has joined #den',
    '-!- mode/#den [+b *!*guest@127.0.0.*] by iris',
    '-!- ned was kicked from #den by iris [enough]',
    '-!- 1 - #den: ban *!*guest@127.0.0.* [by iris, N secs ago]',
  ]);

  // Away, and who is who.
  irssi.enter('/window 1', '/away lunch, back at one');
  await irssi.shows('You have been marked as being away');
  await bot.next('away', { nick: 'iris', message: 'lunch, back at one' });
  bot.client.whois('iris');
  await bot.next('whois', { nick: 'iris', ident: '~ira', away: 'lunch, back at one', channels: '@#den' });
  bot.client.raw('AWAY', 'charging');
  await bot.next('away', { nick: 'robby' });
  irssi.enter('/whois robby', '/whois ned');
  const status = timeless(await irssi.matches('both whois', (screen) => screen.split('End of WHOIS').length === 3));
  assert.deepEqual(status.slice(status.indexOf('-!- You have been marked as being away')), [
    '-!- You have been marked as being away',
    '-!- robby [~robby@127.0.0.1]',
    '-!-  ircname  : robby the bot',
    '-!-  channels : @#den',
    '-!-  server   : partyline.local [A Partyline server]',
    '-!-  away     : charging',
    '-!-  idle     : TIME',
    '-!- End of WHOIS',
    '-!- ned [guest@127.0.0.1]',
    `-!-  ircname  : 127.0.0.1 : ${guestPort}`,
    '-!-  channels : #lobby',
    '-!-  server   : partyline.local [A Partyline server]',
    '-!-  idle     : TIME',
    '-!- End of WHOIS',
  ]);
  netcat.enter('/msg iris psst');
  assert.equal(await netcat.line(), '* sent to iris alone, who is away (lunch, back at one)');
  irssi.enter('/window 3');
  await irssi.shows('<ned> psst');
  irssi.enter('/window 1', '/away');
  await bot.next('back', { nick: 'iris' });
  await irssi.shows('You are no longer marked as being away');

  // The server goes and comes again; irssi comes back by itself, to the same room.
  await server.close('back in a second', 500);
  await irssi.shows('ERROR Closing link: (back in a second)');
  assert.equal(await netcat.line(), '* back in a second');
  await startServer(t, UNLIMITED, keyPair, port);
  irssi.enter('/window 2');
  await irssi.matches('irssi in #den again', (screen) => screen.split('Channel #den created').length === 3);
  assert.deepEqual(timeless(irssi.screen).slice(room.length), [
    '-!- iris [~ira@127.0.0.1] has joined #den',
    '[Users #den]',
    '[@iris]',
    '-!- Irssi: #den: Total of 1 nicks [1 ops, 0 halfops, 0 voices, 0 normal]',
    '-!- Channel #den created TIME',
  ]);

  // The same over TLS, with the certificate that the server made for itself.
  irssi.enter('/disconnect', '/window 1', `/connect -tls -notls_verify -network party 127.0.0.1 ${port}`);
  await irssi.shows('Irssi:   Subject: CN: partyline');
  await irssi.matches('irssi connected over TLS', (screen) => screen.split('Mode change [+i]').length === 2);
  const other = new Netcat(t, port);
  await other.line();
  other.enter('/nick olga');
  assert.equal(await other.line(), '* you are now olga');
  irssi.enter('/join #lobby');
  await irssi.shows('[ ira] [ olga]');
  assert.equal(await other.line(), '* ira joined #lobby');
  irssi.enter('good evening', '/whois ira');
  assert.equal(await other.line(), '<ira> :good evening');
  irssi.enter('/window 1');
  await irssi.shows('is using a secure connection');
  irssi.enter('/quit until tomorrow');
  assert.equal(await other.line(), '* ira left (Quit: until tomorrow)');
  await irssi.shows('exit code 0');
});

/** The lines on a screen of irssi, without what depends on how fast everything is. */
function timeless(screen: string): string[] {
  return irssiLines(screen)
    .filter((line) => !/^-!- (Irssi: Join to \S+ was synced in \d+ secs|#den End of channel \w+ list)$/.test(line))
    .map((line) =>
      line
        .replace(/(?<=created ).*/, 'TIME')
        .replace(/(?<=idle {5}: ).*/, 'TIME')
        .replace(/(?<=, )\d+(?= secs ago)/, 'N'),
    );
}
