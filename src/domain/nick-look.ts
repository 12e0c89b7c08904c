declare const brand: unique symbol;
/** What a nickname looks like: nicks of the same look are told apart by machines, not by people. Only `nickLook` makes one. */
export type NickLook = string & { readonly [brand]: 'NickLook' };

/**
 * Letters and digits of other scripts, each behind the Latin letter that it looks like in common typefaces. Capital and
 * small letters are apart, because they look like different letters: the Greek H is an Eta, the Greek n is an eta. Chosen
 * from Unicode Technical Standard 39 ("confusables"), for the scripts in which whole names can be written that way.
 * Accents stay, and so do letters with a stroke: who is called Émile or Søren is not Emile or Soren.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'ɑᴀАаΑαᎪꓮꭺ',
  b: 'ʙВвЬьΒβᏼꮟꓐⲂ',
  c: 'ᴄСсϹϲᏟꓚⲤⲥꮯ',
  d: 'ᴅԀԁᎠꓓꭰ',
  e: 'ᴇЕеҽΕεᎬꓰꭼ',
  f: 'ꜰϜꓝ',
  g: 'ɡɢԌԍցᏀꓖꮐ',
  h: 'ʜНнҺһΗհᎻꓧⲎꮋ',
  i: 'ıɩɪІіΙιւᎥꓲⲒꭵ',
  j: 'ȷᴊЈјͿϳյᎫꓙꭻ',
  k: 'ᴋКкΚκᏦꓗⲔⲕꮶ',
  l: 'ʟӀӏԼᏞꓡ١۱ןاꮮ',
  m: 'ᴍМмΜᎷꓟⲘꮇ',
  n: 'ɴΝηոռՈꓠⲚ',
  o: 'ᴏОоΟοσօՕꓳⲞⲟסہهഠଠဝ٥۵०০੦૦୦௦౦೦൦๐໐၀',
  p: 'ᴘРрΡρᏢꓑⲢⲣꮲ',
  q: 'Ԛԛզգ',
  r: 'ʀгᎡᏒꓣꭱꮢ',
  s: 'ꜱЅѕՏᏚꓢꮪ',
  t: 'ᴛТтΤτᎢꓔⲦꭲ',
  u: 'ᴜυսՍꓴ',
  v: 'ᴠѴѵνᏙꓦꮩ',
  w: 'ᴡԜԝѡωաᏔᎳꓪꮤꮃ',
  x: 'ХхΧχꓫⲬⲭ',
  y: 'ʏУуҮүΥγყᎽꓬⲨꮍ',
  z: 'ᴢΖᏃꓜꮓ',
  3: 'ЗзӠӡ',
};

const latinLetter: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) =>
    Array.from(others, (other): [string, string] => [other, latin]),
  ),
);

/**
 * What a name looks like, for comparing it with others. A name in ASCII looks like nothing but itself, in any case: `l` and
 * `1` stay apart. Takes time in the length of the name.
 */
export function nickLook(name: string): NickLook {
  // Taken apart, a letter is known whatever accent it has; some are known only before compatibility forms are undone.
  const latin = withLatinLetters(withLatinLetters(name.normalize('NFD')).normalize('NFKD'));
  return latin.normalize('NFC').toLowerCase() as NickLook;
}

function withLatinLetters(text: string): string {
  let latin = '';
  for (const character of text) latin += latinLetter.get(character) ?? character;
  return latin;
}
