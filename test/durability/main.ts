// Kills a busy server again and again and looks whether anything that was told is lost: the test suite's version has few
// kills, this one has as many as are asked for. Exit code 0 when nothing was wrong, 1 when something was, 2 for bad options.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from './kill-rounds.ts';

const HELP = `Usage: node test/durability/main.ts [--kills N] [--sync process|disk]

Has 60 clients in 20 rooms say 2,000 messages a second, and kills the server (SIGKILL) N times (default: 100).
`;

/** What is asked for; undefined for bad options. */
function readOptions(): { readonly kills: string; readonly sync: string; readonly help: boolean } | undefined {
  try {
    return parseArgs({
      options: {
        kills: { type: 'string', default: '100' },
        sync: { type: 'string', default: 'process' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options?.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const kills = Number(options?.kills);
  const sync = options?.sync;
  if (!Number.isInteger(kills) || kills < 1 || (sync !== 'process' && sync !== 'disk')) {
    process.stderr.write(HELP);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'partyline-kills-'));
  const sum = { ms: 0, told: 0, deliveries: 0, kept: 0 };
  try {
    for await (const round of killRounds({ folder, kills, sync, random: Math.random })) {
      const { number, afterMs, told, deliveries, kept } = round;
      console.log(
        `kill ${number} of ${kills} after ${afterMs} ms: ${told} messages told, ${deliveries} deliveries, ${kept} kept`,
      );
      sum.ms += afterMs;
      sum.told += told;
      sum.deliveries += deliveries;
      sum.kept += kept;
    }
  } catch (error) {
    console.log(`FAILED: ${error instanceof Error ? error.message : String(error)}; the data is in ${folder}`);
    return 1;
  }
  rmSync(folder, { recursive: true });
  const perSecond = Math.round(sum.kept / (sum.ms / 1000));
  console.log(
    `${kills} kills: ${sum.told} messages told in ${sum.deliveries} deliveries, ${sum.kept} kept (${perSecond} a second); none missing, none twice, one order, every file opens`,
  );
  return 0;
}

process.exitCode = await main();
