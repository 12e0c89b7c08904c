// What is said to somebody who has an account and is not here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs } from '../support/irc-party.ts';

const PASSWORD = 'correct horse battery';

test('whoever has an account and is not here finds what was said to them when they come back', async (t) => {
  const [server, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all(`NS REGISTER ${PASSWORD}`);
  alan.send('QUIT');
  await alan.text.end();
  const kept = ':partyline.local 301 beth alan :Not here; it is kept until they come';
  assert.deepEqual(await beth.all('PRIVMSG ALAN :are you there?'), [kept]);
  // RFC 2812 section 3.3.2: a NOTICE is not answered.
  assert.deepEqual(await beth.all('NOTICE alan :call me'), []);
  const back = await IrcClient.join(server, 'visitor', 'batch draft/chathistory');
  await back.all(`NS IDENTIFY alan ${PASSWORD}`, 'NICK alan');
  const said = await back.all('CHATHISTORY LATEST beth * 10');
  assert.deepEqual(
    [...withVerb('PRIVMSG', said), ...withVerb('NOTICE', said)],
    [':beth!~beth@127.0.0.1 PRIVMSG alan :are you there?', ':beth!~beth@127.0.0.1 NOTICE alan :call me'],
  );
});

test('whoever is here under another nick of theirs gets what is said to the one that is free', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all(`NS REGISTER ${PASSWORD}`, 'NICK alan2');
  await beth.heard();
  assert.deepEqual(await beth.all('PRIVMSG alan :hi'), []);
  assert.deepEqual(await alan.heard(), [':beth!~beth@127.0.0.1 PRIVMSG alan2 :hi']);
});

// Modern, ERR_NOSUCHNICK (401).
test('there is nobody behind a nick that belongs to nobody, nor behind one whose owner wants nothing kept', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth'], { history: { enabled: false } });
  await alan.all(`NS REGISTER ${PASSWORD}`);
  assert.deepEqual(verbs(await beth.all('PRIVMSG nobody :hi')), ['401']);
  alan.send('QUIT');
  await alan.text.end();
  assert.deepEqual(verbs(await beth.all('PRIVMSG alan :hi')), ['401']);
});
