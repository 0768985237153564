import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Rule, RuleKind } from '../model/alarm.js';
import { loadDocument } from './document.js';
import { schemaProblems } from './issues.js';
import type { Problem } from './problem.js';
import { isRuleKind, ruleParams, ruleSchema } from './rule-schema.js';
import { part } from './rules.js';
import { instead } from './unknown-word.js';
import type { YamlText } from './yaml.js';

const FILE = fileURLToPath(new URL('../../data/rules.yaml', import.meta.url));

interface RuleText {
  kind?: RuleKind;
  projects?: string[];
  [param: string]: unknown;
}

/** `rules:` as it is written, by the rule's id. */
export type RuleTexts = Record<string, 'off' | RuleText>;

/** Whatever it is: `ruleProblems` holds it against the kind of each rule. */
export const rulesSchema = z.unknown();

const defaultsSchema = z.strictObject({ rules: rulesSchema });

let defaults: Rule[] | null = null;

/** The rules this program brings along (data/rules.yaml). */
export function defaultRules(): Rule[] {
  if (defaults === null) {
    const { rules } = loadDocument(FILE, process.cwd(), defaultsSchema, [(yaml) => ruleProblems(yaml, [], null)]);
    defaults = Object.entries(rules as RuleTexts).map(([id, text]) => toRule(id, text as RuleText, undefined));
  }
  return defaults;
}

/** The default rules with what a study's own `rules:` say about them, and its rules of its own. */
export function studyRules(texts: RuleTexts | undefined): Rule[] {
  const known = defaultRules();
  const own = Object.entries(texts ?? {});
  const kept = known.flatMap((rule) => {
    const text = texts && Object.hasOwn(texts, rule.id) ? texts[rule.id] : undefined;
    if (text === 'off') return [];
    return [text === undefined ? rule : toRule(rule.id, text, rule)];
  });
  const added = own.flatMap(([id, text]) => {
    if (text === 'off' || known.some((rule) => rule.id === id)) return [];
    return [
      toRule(
        id,
        text,
        known.find(({ kind }) => kind === text.kind),
      ),
    ];
  });
  return [...kept, ...added];
}

function toRule(id: string, { kind, projects, ...params }: RuleText, base: Rule | undefined): Rule {
  return {
    id,
    kind: kind ?? base?.kind,
    projects: projects ?? null,
    params: { ...('model' in ruleParams[(kind ?? base?.kind)!] && { model: null }), ...base?.params, ...params },
  } as Rule;
}

/** What is wrong with `rules:` of a file; each is held against its kind. `known`: rules that are there already. */
export function ruleProblems(yaml: YamlText, names: readonly string[], known: readonly Rule[] | null): Problem[] {
  const rules = part(yaml.value, 'rules');
  if (rules === undefined) return [];
  const at = (path: string[]): Pick<Problem, 'line' | 'column' | 'path'> => ({
    ...yaml.locate(path.slice(0, -1), path.at(-1)),
    path: path.join('.'),
  });
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) {
    return [{ ...at(['rules']), message: "must be a mapping: a rule's name, and its values or off" }];
  }
  return Object.entries(rules as Record<string, unknown>).flatMap(([id, text]): Problem[] => {
    const base = known?.find((rule) => rule.id === id);
    const say = (message: string, ...more: string[]): Problem[] => [{ ...at(['rules', id, ...more]), message }];
    if (!/^[a-z][a-z0-9-]{0,60}$/.test(id)) return say('a rule is named by small letters, digits and dashes');
    if (text === 'off' && known !== null) {
      return base
        ? []
        : say(
            `there is no rule '${id}' to turn off; ${instead(
              id,
              known.map((rule) => rule.id),
            )}`,
          );
    }
    if (typeof text !== 'object' || text === null || Array.isArray(text)) return say('must be a mapping, or off');
    const kind = part(text, 'kind') ?? base?.kind;
    if (kind === undefined) {
      const ids = (known ?? []).map((rule) => rule.id);
      return say(`there is no rule '${id}'; ${instead(id, ids)}; a rule of your own needs 'kind'`);
    }
    if (!isRuleKind(kind)) {
      return say(
        `no kind of rule is called '${String(kind)}'; ${instead(String(kind), Object.keys(ruleParams))}`,
        'kind',
      );
    }
    if (base && kind !== base.kind)
      return say(`the rule '${id}' is of the kind ${base.kind}; name yours otherwise`, 'kind');
    const schema = z.looseObject({ rules: z.looseObject({ [id]: ruleSchema(kind, known === null) }) });
    const parsed = schema.safeParse(yaml.value);
    const problems = parsed.success ? [] : schemaProblems(schema, yaml, parsed.error.issues);
    const projects = part(text, 'projects');
    for (const [i, name] of (Array.isArray(projects) ? projects : []).entries()) {
      if (typeof name !== 'string' || names.includes(name)) continue;
      problems.push({
        ...yaml.locate(['rules', id, 'projects', i]),
        path: `rules.${id}.projects[${i}]`,
        message: `no project of this study is called '${name}'; ${instead(name, names)}`,
      });
    }
    return problems;
  });
}
