/**
 * Text that a spreadsheet would take for a formula, also behind blanks and in the wide letters of East Asia: a file
 * may be called `=HYPERLINK(...)`.
 */
const FORMULA = /^[\s\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * One line of CSV as RFC 4180 has it. Text that a spreadsheet would calculate gets an apostrophe before it, which is
 * what they take for "this is text"; numbers stay as they are.
 */
export function csvLine(values: readonly (string | number | undefined)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
