declare const brand: unique symbol;
/** What a device of somebody's is called, so that it is known when it comes back. Only this file makes one. */
export type DeviceName = string & { readonly [brand]: 'DeviceName' };

const NAME = /^[a-z0-9._-]{1,20}$/;

/** What a device is called whose owner has not given it a name: nobody can choose a name like that. */
export function unnamedDevice(dialect: 'irc' | 'plain'): DeviceName {
  return `*${dialect}` as DeviceName;
}

export function isUnnamed(name: DeviceName): boolean {
  return name.startsWith('*');
}

/** Reads `alan@phone`: somebody, and which device of theirs this is. Whatever is no such thing is a name as it stands. */
export function splitDeviceName(text: string): { readonly name: string; readonly device: DeviceName | undefined } {
  const at = text.lastIndexOf('@');
  const device = text.slice(at + 1).toLowerCase();
  if (at < 1 || !NAME.test(device)) return { name: text, device: undefined };
  return { name: text.slice(0, at), device: device as DeviceName };
}
