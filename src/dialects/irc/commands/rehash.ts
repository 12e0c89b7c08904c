import { defineIrcCommand } from '../command.ts';

/** REHASH (RFC 2812 section 4.2): reads the settings file and the certificate anew. */
export const rehash = defineIrcCommand({
  verb: 'REHASH',
  params: { min: 0 },
  stage: 'registered',
  cost: 3,
  forOperators: true,
  help: { usage: 'REHASH', summary: 'Reads the settings file and the certificate anew.' },
  run(irc) {
    irc.numeric('RPL_REHASHING', irc.options.settingsFile, 'Rehashing');
    for (const problem of irc.options.rehash()) irc.notice(problem);
  },
});
