/** RFC 2812 section 1.1: characters that a server's name has at most. */
const MAX_CHARS = 63;
/** RFC 1123 section 2.1: letters, digits and dashes, no dash at either end. */
const LABEL = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i;

/** Whether a text is a host name as IRC wants it of a server (RFC 2812 section 2.3.1): with a dot in it, unlike a nick. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= MAX_CHARS && labels.length > 1 && labels.every((label) => LABEL.test(label));
}

/** What a server that calls itself so is called in IRC: a single word is no host name. */
export function serverHostName(name: string): string {
  return name.includes('.') ? name : `${name}.local`;
}
