// WeeChat as Debian has it, at a terminal, among somebody with netcat and a bot made with irc-framework.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcBot } from '../support/irc-bot.ts';
import { Netcat } from '../support/netcat.ts';
import { missing } from '../support/programs.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startServer } from '../support/test-server.ts';
import { startWeechat, weechatLines, weechatServer } from '../support/weechat.ts';

const UNLIMITED = { limits: { enabled: false } };

const skip = missing('weechat', 'nc', 'openssl', 'tmux');

test('WeeChat among netcat and a bot: all that people do, and the server going away', { skip }, async (t) => {
  const keyPair = selfSigned(t);
  const { server, port } = await startServer(t, UNLIMITED, keyPair);
  const weechat = startWeechat(t, port, 'wendy');
  await weechat.shows('User mode for wendy is [+]');
  weechat.enter('/join #den');
  await weechat.shows('Channel created on');
  const netcat = new Netcat(t, port);
  const guestPort = /^welcome! you are 127\.0\.0\.1 : (\d+) /.exec(await netcat.line())?.[1] ?? '';
  netcat.enter('/join #den');
  assert.equal(await netcat.line(), '* you are in #den now, with wendy');
  await weechat.shows(`guest${guestPort} (127.0.0.1 : ${guestPort}) (guest@127.0.0.1) has joined #den`);
  const bot = new IrcBot(t, port, 'robby');
  await bot.next('registered');
  bot.client.join('#den');
  assert.equal(await netcat.line(), '* robby joined #den');

  // Talk, and what is done instead of it.
  netcat.enter('hello from netcat');
  await weechat.shows('hello from netcat');
  weechat.enter('hello, é and ☃');
  assert.equal(await netcat.line(), '<wendy> :hello, é and ☃');
  await bot.next('privmsg', { nick: 'wendy', target: '#den', message: 'hello, é and ☃' });
  bot.client.say('#den', 'beep');
  assert.equal(await netcat.line(), '<robby> :beep');
  netcat.enter('/me nods');
  await weechat.shows('nods');
  weechat.enter('/me dances');
  assert.equal(await netcat.line(), '* wendy dances');
  await bot.next('action', { nick: 'wendy', message: 'dances' });
  bot.client.action('#den', 'whirrs');
  assert.equal(await netcat.line(), '* robby whirrs');

  // The room is run by whoever made it, and by those they trust.
  weechat.enter('/topic A den of old programs');
  assert.equal(await netcat.line(), '* wendy set the topic of #den: A den of old programs');
  weechat.enter('/op robby');
  assert.equal(await netcat.line(), '* wendy made robby an operator of #den');
  await bot.next('mode', { nick: 'wendy', target: '#den', raw_modes: '+o', raw_params: ['robby'] });
  bot.client.setTopic('#den', 'A den of programs');
  assert.equal(await netcat.line(), '* robby set the topic of #den: A den of programs');
  weechat.enter('/devoice robby', '/mode +m');
  assert.equal(await netcat.line(), '* wendy lets only those with a voice speak in #den');
  netcat.enter('may I?');
  assert.equal(await netcat.line(), '* not sent: only those with a voice may speak in #den');
  weechat.enter('/mode -m');
  assert.equal(await netcat.line(), '* wendy lets everybody speak in #den');

  // Names.
  netcat.enter('/nick ned');
  assert.equal(await netcat.line(), '* you are now ned');
  await weechat.shows('is now known as ned');
  weechat.enter('/nick wanda');
  assert.equal(await netcat.line(), '* wendy is now wanda');
  await bot.next('nick', { nick: 'wendy', new_nick: 'wanda' });

  // Out, in again, and out for good.
  weechat.enter('/kick ned mind the step');
  assert.equal(await netcat.line(), '* wanda put you out of #den (mind the step); you talk in #lobby now');
  netcat.enter('/join #den');
  assert.equal(await netcat.line(), '* you are in #den now, with wanda, robby');
  assert.equal(await netcat.line(), '* topic: A den of programs');
  await weechat.shows('ned (127.0.0.1');
  weechat.enter('/kickban ned enough');
  assert.equal(await netcat.line(), '* wanda added *!guest@127.0.0.1 to the bans of #den');
  assert.equal(await netcat.line(), '* wanda put you out of #den (enough); you talk in #lobby now');
  netcat.enter('/join #den');
  assert.equal(await netcat.line(), '* you cannot enter #den: you are banned there');
  weechat.enter('/mode #den +b');
  const room = timeless(await weechat.shows('End of channel ban list'));
  assert.deepEqual(room, [
    '--> wendy (wendy of WeeChat) (~wendy@127.0.0.1) has joined #den',
    '-- Channel #den: 1 nick (1 op, 0 halfops, 0 voices, 0 normals)',
    '-- Channel created on TIME',
    `--> guest${guestPort} (127.0.0.1 : ${guestPort}) (guest@127.0.0.1) has joined #den`,
    '--> robby (robby the bot) (~robby@127.0.0.1) has joined #den',
    `guest${guestPort} hello from netcat`,
    '@wendy hello, é and ☃',
    'robby beep',
    ` * guest${guestPort} nods`,
    ' * wendy dances',
    ' * robby whirrs',
    '-- wendy has changed topic for #den to "A den of old programs"',
    '-- Mode #den [+o robby] by wendy',
    '-- robby has changed topic for #den from "A den of old programs" to "A den of programs"',
    '-- Mode #den [+m] by wendy',
    '-- Mode #den [-m] by wendy',
    `-- guest${guestPort} is now known as ned`,
    '-- You are now known as wanda',
    '<-- wanda has kicked ned (mind the step)',
    `--> ned (127.0.0.1 : ${guestPort}) (guest@127.0.0.1) has joined #den`,
    '-- Mode #den [+b *!guest@127.0.0.1] by wanda',
    '<-- wanda has kicked ned (enough)',
    '-- [#den] [1] *!guest@127.0.0.1 banned by wanda on TIME',
    '-- [#den] End of channel ban list',
  ]);

  // Away, and who is who.
  weechat.enter('/buffer irc.server.party', '/away lunch, back at one');
  await weechat.shows('You have been marked as being away');
  await bot.next('away', { nick: 'wanda', message: 'lunch, back at one' });
  bot.client.whois('wanda');
  await bot.next('whois', { nick: 'wanda', ident: '~wendy', away: 'lunch, back at one', channels: '@#den' });
  netcat.enter('/msg wanda psst');
  assert.equal(await netcat.line(), '* sent to wanda alone, who is away (lunch, back at one)');
  bot.client.raw('AWAY', 'charging');
  await bot.next('away', { nick: 'robby' });
  weechat.enter('/whois robby', '/whois ned', '/whois nobody');
  await weechat.shows('[nobody] End of /WHOIS list');
  weechat.enter('/away');
  await bot.next('back', { nick: 'wanda' });
  const status = timeless(await weechat.shows('You are no longer marked as being away'));
  assert.deepEqual(status.slice(status.indexOf('-- You have been marked as being away')), [
    '-- You have been marked as being away',
    '-- [robby] (~robby@127.0.0.1): robby the bot',
    '-- [robby] @#den',
    '-- [robby] partyline.local (A Partyline server)',
    '-- [robby] is away: charging',
    '-- [robby] idle: TIME',
    '-- [robby] End of /WHOIS list',
    `-- [ned] (guest@127.0.0.1): 127.0.0.1 : ${guestPort}`,
    '-- [ned] #lobby',
    '-- [ned] partyline.local (A Partyline server)',
    '-- [ned] idle: TIME',
    '-- [ned] End of /WHOIS list',
    '-- nobody: No such nick/channel',
    '-- [nobody] End of /WHOIS list',
    '-- You are no longer marked as being away',
  ]);
  weechat.enter('/buffer ned');
  await weechat.shows('ned psst');

  // The server goes and comes again; WeeChat comes back by itself, to the same room.
  weechat.enter('/buffer #den');
  await server.close('back in a second', 500);
  await weechat.shows('irc: disconnected from server');
  assert.equal(await netcat.line(), '* back in a second');
  await startServer(t, UNLIMITED, keyPair, port);
  const again = await weechat.matches(
    'WeeChat in #den again',
    (screen) => screen.split('Channel created').length === 3,
  );
  assert.deepEqual(timeless(again).slice(room.length), [
    '[wanda away: lunch, back at one]',
    '[wanda back: gone TIME]',
    '-- irc: disconnected from server',
    '--> wanda (wendy of WeeChat) (~wendy@127.0.0.1) has joined #den',
    '-- Channel #den: 1 nick (1 op, 0 halfops, 0 voices, 0 normals)',
    '-- Channel created on TIME',
  ]);

  // The same over TLS, with the certificate that the server made for itself.
  const other = new Netcat(t, port);
  await other.line();
  other.enter('/nick olga');
  assert.equal(await other.line(), '* you are now olga');
  weechat.enter('/disconnect party', ...weechatServer('safe', port, 'wilma', true), '/connect safe');
  weechat.enter('/buffer irc.server.safe');
  await weechat.shows('User mode for wilma is [+]');
  weechat.enter('/join #lobby');
  assert.equal(await other.line(), '* wilma joined #lobby');
  await weechat.shows('Channel #lobby: 2 nicks');
  weechat.enter('good evening', '/buffer irc.server.safe', '/whois wilma');
  assert.equal(await other.line(), '<wilma> :good evening');
  await weechat.shows('[wilma] is using a secure connection');
  weechat.enter('/quit until tomorrow');
  assert.equal(await other.line(), '* wilma left (Quit: until tomorrow)');
  await weechat.shows('exit code 0');
});

/** The lines on a screen of WeeChat, without what depends on how fast everything is. */
function timeless(screen: string): string[] {
  return weechatLines(screen).map((line) =>
    line.replace(/(?<=(?:created on|wanda on|idle:) ).*/, 'TIME').replace(/(?<=gone )[\d:]+/, 'TIME'),
  );
}
