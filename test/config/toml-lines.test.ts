import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOfKey } from '../../src/config/toml-lines.ts';

const DOCUMENT = `name = "a"   # 1
text = """
log.level = "not here"
"""
log.level = "info"
limits = { rooms = 5, line_bytes = 6 }

[ plain ]
"silence_ms" = 5
[shutdown]
grace_ms=1
`;

test('the line of a key is found in tables, dotted keys, quoted keys and inline tables, not in texts', () => {
  const lines = ['name', 'log.level', 'limits.line_bytes', 'plain.silence_ms', 'shutdown.grace_ms', 'nothing'].map(
    (key) => lineOfKey(DOCUMENT, key.split('.')),
  );
  assert.deepEqual(lines, [1, 5, 6, 9, 11, undefined]);
});
