import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleFile, settingsPage } from '../../src/config/documents.ts';
import { loadSettings } from '../../src/config/load.ts';
import { defaultSettings, settingList } from '../../src/config/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the sample file is right as it is, and still the defaults with every setting uncommented', (t) => {
  const cwd = temporaryFolder(t);
  const sample = sampleFile();
  for (const text of [sample, sample.replace(/^# (?=\w+ = )/gm, '')]) {
    writeFileSync(join(cwd, 'partyline.toml'), text);
    const loaded = loadSettings({ cwd, env: {}, flags: {} });
    assert.ok(loaded.ok, JSON.stringify(loaded));
    assert.deepEqual(loaded.settings, defaultSettings());
  }
  const uncommented = loadSettings({ cwd, env: {}, flags: {} });
  assert.ok(uncommented.ok);
  assert.deepEqual(
    settingList.filter(({ name }) => uncommented.origins.get(name) !== 'partyline.toml').map(({ name }) => name),
    [],
    'every setting is in the sample',
  );
});

test('docs/settings.md is the page of today', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  assert.equal(page, settingsPage(), 'run "partyline config docs > docs/settings.md"');
});
