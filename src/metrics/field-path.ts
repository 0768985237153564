/**
 * The steps of a Vega field reference: dots and brackets go into objects, a backslash takes the next letter as it is.
 * `COUNT(s\.id)` is one step, `a.b` and `a['b']` are two.
 */
export function fieldSteps(field: string): string[] {
  const steps: string[] = [];
  let step = '';
  let began = false;
  let bracket = false;
  let quote: string | null = null;
  const push = (): void => {
    if (began) steps.push(step);
    step = '';
    began = false;
  };
  for (let i = 0; i < field.length; i++) {
    const letter = field.charAt(i);
    if (letter === '\\') {
      step += field.charAt(++i);
      began = true;
    } else if (quote !== null) {
      if (letter === quote) quote = null;
      else step += letter;
    } else if (bracket && (letter === '"' || letter === "'")) {
      quote = letter;
      began = true;
    } else if (letter === '.' || letter === '[' || (bracket && letter === ']')) {
      push();
      bracket = letter === '[';
    } else {
      step += letter;
      began = true;
    }
  }
  push();
  return steps;
}

/** A column's name as a field reference. */
export function fieldOf(column: string): string {
  return column.replaceAll(/[\\.[\]]/g, '\\$&');
}

// Texts first, so that nothing inside one is taken for code; then datum.name and datum['name'].
const PIECE =
  /\bdatum\s*(?:\.\s*([A-Za-z_$][\w$]*)|\[\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*\])|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

/** The columns that a Vega expression reads by name: `datum.x`, `datum['x']`. */
export function expressionColumns(expression: string): string[] {
  return [...expression.matchAll(PIECE)].flatMap(([, plain, quoted]) => {
    if (plain !== undefined) return [plain];
    return quoted === undefined ? [] : [quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1')];
  });
}
