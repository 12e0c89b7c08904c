// Names of servers: RFC 2812 section 2.3.1, RFC 1123 section 2.1; cases in the manner of ircdocs/parser-tests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostName, serverHostName } from '../../src/protocol/irc/host-name.ts';

const GOOD = [
  'irc.example.org',
  'a.b',
  'chat-1.example',
  'IRC.Example.ORG',
  '1.example',
  '42.a1b2.example',
  'xn--bcher-kva.example',
  `${'a'.repeat(55)}.example`,
];
const BAD = [
  '',
  'irc',
  '.',
  'irc.',
  '.example',
  'a..b',
  '-irc.example',
  'irc-.example',
  'irc.-example',
  '_irc.example',
  'i rc.example',
  'bücher.example',
  'irc.example\n',
  `${'a'.repeat(56)}.example`,
];

for (const name of GOOD) test(`${name} is a host name`, () => assert.equal(isHostName(name), true));
for (const name of BAD) test(`${JSON.stringify(name)} is no host name`, () => assert.equal(isHostName(name), false));

test('a server whose name is a single word has a host name all the same', () => {
  assert.equal(serverHostName('partyline'), 'partyline.local');
  assert.equal(serverHostName('irc.example.org'), 'irc.example.org');
});
