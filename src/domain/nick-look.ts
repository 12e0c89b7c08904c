declare const brand: unique symbol;
/** What a nickname looks like: nicks of the same look are told apart by machines, not by people. */
export type NickLook = string & { readonly [brand]: 'NickLook' };

/**
 * Letters of other scripts and, behind each, the Latin one that it looks like: those of Unicode's confusables (UTS 39)
 * that a font draws alike. Latin letters among themselves (`I` and `l`) stay apart, as people are used to them.
 */
const LOOK_ALIKES = [
  // Cyrillic
  'АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ ԚQ ԜW ҮY ѴV ӀI',
  'аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw үy ѵv ӏl гr',
  // Greek
  'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ',
  'αa γy ιi νv οo ρp σo υu ϲc ϳj',
  // Armenian
  'ԼL ՍU ՏS ՕO ցg հh յj ոn օo գq զq ւi սu աw',
];

const latin = new Map(LOOK_ALIKES.flatMap((row) => row.split(' ')).map((pair) => [pair[0] ?? '', pair[1] ?? '']));

export function nickLook(name: string): NickLook {
  let look = '';
  for (const character of name.normalize('NFKC')) look += latin.get(character) ?? character;
  return look.toLowerCase() as NickLook;
}
