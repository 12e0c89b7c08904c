import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from '../../bench/options.ts';

test('without options everything is measured once', () => {
  const asked = parseOptions([]);
  assert.equal(asked.kind, 'run');
  assert.deepEqual(asked.kind === 'run' && asked.options, {
    only: [
      'flood',
      'one',
      'idle',
      'rooms',
      'slow',
      'irc-flood',
      'irc-mixed',
      'irc-one',
      'irc-join',
      'irc-idle',
      'irc-pairs',
    ],
    servers: ['partyline', 'bare', 'limit', 'ngircd', 'inspircd'],
    isQuick: false,
    repeat: 1,
    jsonFile: undefined,
  });
});

test('scenarios and servers can be chosen by name', () => {
  const asked = parseOptions([
    '--only',
    'flood,idle',
    '--servers=bare',
    '--quick',
    '--repeat',
    '3',
    '--json',
    'x.json',
  ]);
  assert.deepEqual(asked, {
    kind: 'run',
    options: { only: ['flood', 'idle'], servers: ['bare'], isQuick: true, repeat: 3, jsonFile: 'x.json' },
  });
});

test('variants of this server are measured when they are named, and only then', () => {
  const asked = parseOptions(['--servers', 'partyline,partyline-off,partyline-disk']);
  assert.deepEqual(asked.kind === 'run' && asked.options.servers, ['partyline', 'partyline-off', 'partyline-disk']);
});

test('a mistake names what was wrong', () => {
  const mistakes = [
    ['--only', 'floods'],
    ['--servers', 'irc'],
    ['--repeat', '0'],
    ['--repeat', '1.5'],
    ['--fast'],
    ['now'],
  ];
  const texts = mistakes.map((args) => {
    const asked = parseOptions(args);
    return asked.kind === 'mistake' ? asked.text : `${args.join(' ')} was taken`;
  });
  const expected = [/^--only: .*"floods"/, /^--servers: .*"irc"/, /^--repeat/, /^--repeat/, /'--fast'/, /'now'/];
  for (const [i, text] of texts.entries()) assert.match(text, expected[i] ?? /^$/);
});
