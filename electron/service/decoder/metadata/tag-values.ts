import type { ExiftoolTags } from './start-exiftool.ts';

/**
 * Access to exiftool's answer by the name of a tag. Where several groups have a tag, the groups asked for count in
 * their order, and without any the first that was printed.
 */
export class TagValues {
  readonly #byName = new Map<string, Map<string, unknown>>();

  constructor(tags: ExiftoolTags) {
    for (const [key, value] of Object.entries(tags)) {
      const [group = '', name = ''] = key.split(':');
      const groups = this.#byName.get(name) ?? new Map<string, unknown>();
      groups.set(group, value);
      this.#byName.set(name, groups);
    }
  }

  has(name: string, group?: string): boolean {
    const groups = this.#byName.get(name);
    return group === undefined ? groups !== undefined : groups?.has(group) === true;
  }

  /** The values of all groups that have the tag. */
  all(name: string): unknown[] {
    return [...(this.#byName.get(name)?.values() ?? [])];
  }

  /** Groups that have a tag, with its value. */
  groups(name: string): ReadonlyMap<string, unknown> {
    return this.#byName.get(name) ?? new Map<string, unknown>();
  }

  number(name: string, ...groups: readonly string[]): number | undefined {
    for (const value of this.#candidates(name, groups)) {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
    }
    return undefined;
  }

  /** A text without control characters and blanks around it; one that looks like a number was printed as one. */
  text(name: string, ...groups: readonly string[]): string | undefined {
    for (const value of this.#candidates(name, groups)) {
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const text = String(value)
        .replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
        .trim();
      if (text !== '') return text;
    }
    return undefined;
  }

  /** All texts of a tag in all groups, lists taken apart. */
  texts(name: string): string[] {
    return this.all(name)
      .flat()
      .filter((value) => typeof value === 'string');
  }

  #candidates(name: string, groups: readonly string[]): unknown[] {
    const found = this.#byName.get(name);
    if (found === undefined) return [];
    return groups.length === 0 ? [...found.values()] : groups.map((group) => found.get(group));
  }
}
