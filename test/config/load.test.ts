import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadSettings } from '../../src/config/load.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function load(t: TestContext, file: string | undefined, env: Record<string, string> = {}, flags: object = {}) {
  const cwd = temporaryFolder(t);
  if (file !== undefined) writeFileSync(join(cwd, 'partyline.toml'), file);
  return loadSettings({ cwd, env, flags: { ...flags } });
}

function problemsOf(loaded: ReturnType<typeof loadSettings>): readonly string[] {
  return loaded.ok ? [] : loaded.problems;
}

test('without any source the defaults hold', (t) => {
  const loaded = load(t, undefined);
  assert.ok(loaded.ok);
  assert.deepEqual(loaded.settings, defaultSettings());
  assert.equal(loaded.origins.get('limits.line_bytes'), 'built-in');
});

test('the file goes over the defaults, the environment over the file, the command line over all', (t) => {
  const loaded = load(
    t,
    'name = "one"\n[limits]\nline_bytes = 100\nnick_chars = 10\nrooms = 5\n',
    { PARTYLINE_LIMITS_LINE_BYTES: '200', PARTYLINE_LIMITS_ROOMS: '6' },
    { limits: { rooms: '7' } },
  );
  assert.ok(loaded.ok);
  const { name, limits } = loaded.settings;
  assert.deepEqual([name, limits.nick_chars, limits.line_bytes, limits.rooms], ['one', 10, 200, 7]);
  assert.deepEqual(
    ['name', 'limits.line_bytes', 'limits.rooms', 'data'].map((key) => loaded.origins.get(key)),
    ['partyline.toml', 'PARTYLINE_LIMITS_LINE_BYTES', 'command line', 'built-in'],
  );
});

test('the environment is text, read as what the setting is', (t) => {
  const loaded = load(t, undefined, {
    PARTYLINE_LISTEN: '127.0.0.1:1, [::1]:2',
    PARTYLINE_LIMITS_ENABLED: 'false',
    PARTYLINE_LIMITS_COMMANDS_PER_SECOND: '0.5',
    PARTYLINE_LOG_LEVEL: 'debug',
  });
  assert.ok(loaded.ok);
  assert.deepEqual(loaded.settings.listen, ['127.0.0.1:1', '[::1]:2']);
  assert.equal(loaded.settings.limits.enabled, false);
  assert.equal(loaded.settings.limits.commands_per_second, 0.5);
  assert.equal(loaded.settings.log.level, 'debug');
});

test('every mistake is told with file, line, the wrong value and what is allowed', (t) => {
  const file = [
    '# a comment',
    'listen = [',
    '  "nowhere",',
    ']',
    '[limits]',
    'line_bytes = "lots"',
    'nick_chars = 1000',
    'line_byte = 5',
    '[log]',
    'level = "loud"',
  ].join('\n');
  assert.deepEqual(
    problemsOf(load(t, file, { PARTYLINE_LIMITS_ROOMS: 'many', PARTYLINE_LIMIT_ROOMS: '5' })).toSorted(),
    [
      'partyline.toml:2: listen is ["nowhere"]; it must be a list of HOST:PORT, *:PORT, [IPV6]:PORT or unix:/PATH, each with =PROTOCOL,... behind it or not.',
      'partyline.toml:6: limits.line_bytes is "lots"; it must be a whole number from 64 to 65536 (bytes).',
      'partyline.toml:7: limits.nick_chars is 1000; it must be a whole number from 1 to 64 (characters).',
      'partyline.toml:8: limits.line_byte is not a setting (did you mean limits.line_bytes?).',
      'partyline.toml:10: log.level is "loud"; it must be one of debug, info, warn, error, silent.',
      'environment: PARTYLINE_LIMIT_ROOMS is not a setting (did you mean PARTYLINE_LIMITS_ROOMS?).',
      'environment: PARTYLINE_LIMITS_ROOMS is "many"; it must be a whole number from 1 to 1000000.',
    ].toSorted(),
  );
});

test('a file that is not TOML is told of with its line and column', (t) => {
  const [problem, ...more] = problemsOf(load(t, 'name = "a"\nlisten = [\n'));
  assert.match(problem ?? '', /^partyline\.toml:\d+:\d+: this is not TOML: [^\n]+\.$/);
  assert.deepEqual(more, []);
});

test('a file that was named must be there', (t) => {
  const loaded = loadSettings({ configFile: 'missing.toml', cwd: temporaryFolder(t), env: {}, flags: {} });
  assert.deepEqual(problemsOf(loaded), ['there is no settings file missing.toml.']);
});
