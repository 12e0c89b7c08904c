// Loaded before anything else (node --import): what was compiled is kept in node_modules/.cache, so that it is not
// compiled again by the next of many short-lived processes.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
