/**
 * Two expressions are the same if Prometheus would write them the same way. It hands out a rule as it has parsed it, not
 * as it was written: matchers sorted, `by` before the parenthesis, numbers and durations normalised, quotes doubled
 * (promql/parser/printer.go). Seen in a Prometheus 2.53 that had loaded the rules of KubeVirt 1.8.4.
 */

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|(?:\d+(?:ms|[smhdwy]))+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[a-zA-Z_:$][\w:]*|=~|!~|==|!=|>=|<=|[^\s]/g;

const UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };

/** A duration as PromQL writes it, in seconds. */
const seconds = (duration: string): number =>
  [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, count, unit = 's']) => sum + Number(count) * (UNIT[unit] ?? 0), 0);

const written = (token: string): string => {
  if (/^(\d+(ms|[smhdwy]))+$/.test(token)) return `${seconds(token)}s`;
  if (/^[\d.]*\d/.test(token)) return String(Number(token));
  if (token.startsWith("'")) return `"${token.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
  return token.startsWith('`') ? JSON.stringify(token.slice(1, -1)) : token;
};

const closing = (tokens: readonly string[], from: number, open: string, close: string): number => {
  let depth = 0;
  for (let i = from; i < tokens.length; i += 1) {
    if (tokens[i] === open) depth += 1;
    if (tokens[i] === close) depth -= 1;
    if (depth === 0) return i;
  }
  return tokens.length - 1;
};

/** Matchers in order; that of the install namespace, which is another on each cluster, without its value. */
const matchers = (tokens: readonly string[]): string => {
  const all = tokens.join(' ').replaceAll(' , ', '\n').replace(/ ,$/, '').split('\n').filter(Boolean);
  return all.map((one) => (one.startsWith('namespace = ') ? 'namespace = "$NAMESPACE"' : one)).sort().join(' , ');
};

const ordered = (tokens: readonly string[]): readonly string[] => {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] ?? '';
    if (token === '{') {
      const end = closing(tokens, i, '{', '}');
      const inside = matchers(tokens.slice(i + 1, end));
      if (inside) out.push('{', inside, '}');
      i = end;
    } else if (token === '(' && i > 0) {
      const end = closing(tokens, i, '(', ')');
      const clause = ['by', 'without'].includes(tokens[end + 1] ?? '') ? closing(tokens, end + 2, '(', ')') : end;
      out.push(...tokens.slice(end + 1, clause + 1), '(', ...ordered(tokens.slice(i + 1, end)), ')');
      i = clause;
    } else out.push(token);
  }
  return out;
};

const canonical = (expr: string): string => ordered((expr.match(TOKEN) ?? []).map(written)).join(' ');

/** Are these the same expression, the install namespace aside? */
export const isSameExpression = (a: string, b: string): boolean => canonical(a) === canonical(b);

/** The longest range in a PromQL expression, seconds; 0 if it has none. */
export const longestRange = (expr: string): number =>
  Math.max(0, ...[...expr.matchAll(/\[\s*((?:\d+(?:ms|[smhdwy]))+)\s*(?::[^\]]*)?\]/g)].map(([, text = '']) => seconds(text)));
