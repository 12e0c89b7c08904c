// TOPIC: RFC 2812 section 3.2.4, Modern.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withVerb, party, verbs } from '../support/irc-party.ts';

// RFC 2812 section 3.2.4: 331, 332; Modern: 333, and an empty text clears it.
test('a topic is set, shown and cleared, and everybody in the channel is told', async (t) => {
  const [, { alan, beth, carl }] = await party(t, ['alan', 'beth', 'carl']);
  await alan.all('JOIN #a');
  assert.deepEqual(verbs(await beth.all('JOIN #a')), ['JOIN', '353', '366'], 'no 331 on entering');
  await alan.heard();
  assert.deepEqual(await beth.all('TOPIC #a'), [':partyline.local 331 beth #a :No topic is set']);
  const set = [':alan!~alan@127.0.0.1 TOPIC #a :all are welcome'];
  assert.deepEqual(await alan.all('TOPIC #A :all are welcome'), set);
  assert.deepEqual(await beth.heard(), set);
  const [topic, setBy] = await beth.all('TOPIC #a');
  assert.equal(topic, ':partyline.local 332 beth #a :all are welcome');
  assert.match(setBy ?? '', /^:partyline\.local 333 beth #a alan!~alan@127\.0\.0\.1 \d{10}$/);
  assert.deepEqual(verbs(await carl.all('JOIN #a')), ['JOIN', '332', '333', '353', '366']);
  await alan.heard();
  assert.deepEqual(await alan.all('TOPIC #a :'), [':alan!~alan@127.0.0.1 TOPIC #a :']);
  assert.deepEqual((await beth.heard()).slice(-1), [':alan!~alan@127.0.0.1 TOPIC #a :']);
  assert.deepEqual(verbs(await beth.all('TOPIC #a')), ['331']);
});

// Modern, "Protected Topic Mode"; RFC 2812 section 3.2.4: 482.
test('with +t the topic is for operators; a voice does not help', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a');
  await beth.all('JOIN #a');
  const refused = [':partyline.local 482 beth #a :You need +h or higher on that channel'];
  assert.deepEqual(await beth.all('TOPIC #a :mine'), refused);
  await alan.all('MODE #a +v beth');
  await beth.heard();
  assert.deepEqual(await beth.all('TOPIC #a :mine'), refused);
  await alan.all('MODE #a -t');
  await beth.heard();
  assert.deepEqual(await beth.all('TOPIC #a :mine'), [':beth!~beth@127.0.0.1 TOPIC #a :mine']);
});

// RFC 2812 section 3.2.4: 403, 442, 461.
test('a topic that cannot be shown or set has its numeric', async (t) => {
  const [, { alan, beth }] = await party(t, ['alan', 'beth']);
  await alan.all('JOIN #a', 'MODE #a -t', 'TOPIC #a :open');
  assert.deepEqual(await beth.all('TOPIC #none', 'TOPIC #none :x', 'TOPIC #a :x', 'TOPIC'), [
    ':partyline.local 403 beth #none :No such channel',
    ':partyline.local 403 beth #none :No such channel',
    ":partyline.local 442 beth #a :You're not on that channel",
    ':partyline.local 461 beth TOPIC :Not enough parameters',
  ]);
  assert.deepEqual(
    withVerb('332', await beth.all('TOPIC #a')),
    [':partyline.local 332 beth #a open'],
    'anybody may look',
  );
});

// ISUPPORT TOPICLEN.
test('a topic longer than TOPICLEN is cut at a character', async (t) => {
  const [, { alan }] = await party(t, ['alan'], { limits: { topic_bytes: 10 } });
  const lines = await alan.all('VERSION', 'JOIN #a', 'TOPIC #a :01234567€x');
  assert.ok(lines.some((line) => line.includes(' TOPICLEN=10 ')));
  assert.deepEqual(lines.slice(-1), [':alan!~alan@127.0.0.1 TOPIC #a :01234567']);
});
