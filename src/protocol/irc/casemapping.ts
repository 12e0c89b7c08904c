/** `CASEMAPPING=ascii` (Modern, "CASEMAPPING parameter"): A to Z and nothing else. */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
