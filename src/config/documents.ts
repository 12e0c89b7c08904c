import { environmentName } from './load.ts';
import { settingList, type Setting } from './settings.ts';

/** A value as TOML writes it. All settings are texts, numbers, booleans and lists of texts, which JSON writes alike. */
export function tomlValue(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}

const sectionOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
const keyOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The settings, section by section, in their order. */
function sections(): [string, Setting[]][] {
  const found = new Map<string, Setting[]>();
  for (const setting of settingList) {
    const section = sectionOf(setting.name);
    found.set(section, [...(found.get(section) ?? []), setting]);
  }
  return [...found];
}

/** A settings file with every setting at its default, commented out. */
export function sampleFile(): string {
  const lines = [
    '# Settings of a Partyline server. Remove the "# " before a setting and change it; the rest keep their defaults.',
    '# "partyline config check" says whether all is well.',
  ];
  for (const [section, settings] of sections()) {
    if (section !== '') lines.push('', `[${section}]`);
    for (const { name, doc, allowed, preset } of settings) {
      lines.push('', `## ${doc}`, `## It is ${allowed}.`, `# ${keyOf(name)} = ${tomlValue(preset)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The documentation page of the settings, in Markdown. */
export function settingsPage(): string {
  const lines = [
    '# Settings',
    '',
    '<!-- Written by "partyline config docs"; change src/config/settings.ts instead. -->',
    '',
    'Where a value comes from, later ones over earlier ones: the built-in default, `partyline.toml` in the working',
    'directory (or `--config FILE`), the environment, the command line. `partyline config show` says which it was,',
    '`partyline config sample` writes a file to begin with, `partyline config check` finds mistakes.',
  ];
  for (const [section, settings] of sections()) {
    lines.push('', section === '' ? '## At the top' : `## [${section}]`);
    for (const { name, doc, allowed, preset } of settings) {
      lines.push('', `### ${keyOf(name)}`, '', `${doc} It is ${allowed}.`, '');
      lines.push(`Default: \`${tomlValue(preset)}\`. Environment: \`${environmentName(name)}\`.`);
    }
  }
  return `${lines.join('\n')}\n`;
}
