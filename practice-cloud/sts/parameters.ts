/** An action's parameters, as the Query protocol carries them: flat names, lists numbered. */
export interface Parameters {
  get(name: string): string | undefined;
  /**
   * The members of a list, in order: `PolicyArns.member.1.arn=…` read with `fields = ['arn']`.
   * Without fields the members are plain values: `TransitiveTagKeys.member.1=…`.
   */
  members(list: string): readonly Readonly<Record<string, string>>[];
}

/** Reads a form (`application/x-www-form-urlencoded`) or a query string. */
export function readParameters(text: string): Parameters {
  const values = new URLSearchParams(text);
  return {
    get: (name) => values.get(name) ?? undefined,
    members(list) {
      const members = new Map<number, Record<string, string>>();
      for (const [name, value] of values) {
        const [, number, field = 'value'] = memberName(name, list) ?? [];
        if (number === undefined) continue;
        const member = members.get(Number(number)) ?? {};
        members.set(Number(number), { ...member, [field]: value });
      }
      return [...members].sort(([a], [b]) => a - b).map(([, member]) => member);
    },
  };
}

function memberName(name: string, list: string): RegExpExecArray | undefined {
  if (!name.startsWith(`${list}.member.`)) return undefined;
  return /\.member\.(\d+)(?:\.(\w+))?$/.exec(name) ?? undefined;
}
