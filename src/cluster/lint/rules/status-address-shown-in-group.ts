import { ofKind, type Fault, type LintRule } from '../rule.js';

export const statusAddressShownInGroup: LintRule = {
  id: 'status/address-shown-in-group',
  severity: 'warning',
  title: 'A group is shown with a member it does not have',
  why: 'The commands never put it there: what is tested is not what is described.',
  remedy: 'Put the address into the group, or show it outside of it.',
  source: 'Thesis, table 7.10',
  check(context) {
    const groups = context.configs.flatMap((config) => config.groups);
    return ofKind(context, 'status').flatMap((file) => {
      let group: string | null = null;
      return file.lines.flatMap((line, i): Fault[] => {
        group = /Resource Group:\s*(\w+)/.exec(line)?.[1] ?? (/^\S/.test(line) ? null : group);
        const member = /^\s+(\w+)\s+\(/.exec(line)?.[1];
        const known = groups.filter(({ id }) => id === group);
        return member !== undefined && known.some(({ members }) => !members.includes(member))
          ? [{ message: `${member} in ${group}`, file: file.name, line: i + 1 }]
          : [];
      });
    });
  },
};
