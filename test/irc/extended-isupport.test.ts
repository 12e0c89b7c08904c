// IRCv3 extended-isupport.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IrcClient } from '../support/irc-client.ts';
import { withVerb, party, verbs, withoutOffer } from '../support/irc-party.ts';

// "the server MUST accept ISUPPORT commands before connection registration completes".
test('a client that has negotiated it asks before it is registered, and is answered in a batch', async (t) => {
  const [server] = await party(t, []);
  const client = new IrcClient(await server.open());
  assert.deepEqual(withoutOffer(await client.all('CAP LS 302', 'ISUPPORT')), [
    ':partyline.local 451 * :You have not registered',
  ]);
  await client.all('CAP REQ :batch draft/extended-isupport server-time');
  const lines = await client.raw('ISUPPORT');
  const [, reference = ''] = / BATCH \+(\S+) draft\/isupport$/.exec(lines[0] ?? '') ?? [];
  assert.match(lines.at(-1) ?? '', new RegExp(`:partyline\\.local BATCH -${reference}$`));
  const tokens = lines.slice(1, -1);
  assert.ok(tokens.length > 1);
  for (const line of tokens) {
    assert.match(
      line,
      new RegExp(`^@batch=${reference};time=\\S+ :partyline\\.local 005 \\* .* :are supported by this server$`),
    );
  }
  assert.match(tokens.join(' '), / NETWORK=\S+ /);
});

// "The server MUST NOT send any unbatched RPL_ISUPPORT message while both of these capabilities are enabled."
test('who has both capabilities is sent the tokens in a batch wherever they are sent, others without one', async (t) => {
  const [server, { beth }] = await party(t, ['beth']);
  const client = new IrcClient(await server.open());
  const registration = ['CAP REQ :batch draft/extended-isupport', 'NICK alan', 'USER a 0 * :A', 'CAP END'];
  for (const lines of [await client.raw(...registration), await client.raw('VERSION'), await client.raw('ISUPPORT')]) {
    const tokens = withoutOffer(lines).filter((line) => line.includes(' 005 '));
    assert.ok(tokens.length > 1 && tokens.every((line) => line.startsWith('@batch=')));
    assert.equal(withVerb('BATCH', lines).length, 2);
  }
  assert.ok(verbs(await beth.all('ISUPPORT')).every((verb) => verb === '005'));
  const alone = await IrcClient.join(server, 'carl', 'draft/extended-isupport labeled-response');
  assert.ok((await alone.raw('ISUPPORT')).every((line) => line.startsWith(':partyline.local 005 carl ')));
});
