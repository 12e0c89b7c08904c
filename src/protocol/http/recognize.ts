import { recognizeFirstLine, type Recognition } from '../first-line.ts';

/** RFC 9110 section 9, RFC 5789, and the preface of HTTP/2 (RFC 9113 section 3.4). */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'PRI'];
const WORDS = METHODS.map((method) => `${method} `);
/** RFC 9112 section 3: method, target, version. */
const REQUEST_LINE = /^[A-Z]+ \S+ HTTP\/\d(?:\.\d)?$/;

/** Whether a connection's first bytes are an HTTP request. */
export function recognizeHttp(firstBytes: Buffer): Recognition {
  return recognizeFirstLine(firstBytes, WORDS, (line) => REQUEST_LINE.test(line));
}
