/**
 * @typedef {object} StaticCheck
 * @property {string} name as `node scripts/check.mjs <name>` takes it; several checks may share one
 * @property {string} title what is checked, for the person reading the progress
 * @property {string} program inside node_modules
 * @property {readonly string[]} args
 * @property {string} advice what to do when it fails
 */

const TYPE_ENVIRONMENTS = ['shared', 'node', 'electron', 'renderer', 'tests'];

/**
 * Every check that needs no running program, in the order they are shown.
 * @type {readonly StaticCheck[]}
 */
export const STATIC_CHECKS = [
  ...TYPE_ENVIRONMENTS.map((environment) => ({
    name: 'types',
    title: `types: ${environment}`,
    program: 'typescript/bin/tsc',
    args: ['--project', `tsconfig.${environment}.json`],
    advice: 'Mend the types; npm run typecheck repeats this alone.',
  })),
  {
    name: 'lint',
    title: 'lint',
    program: 'eslint/bin/eslint.js',
    args: ['.', '--max-warnings', '0'],
    advice: 'Follow the messages; npm run lint repeats this alone.',
  },
  {
    name: 'format',
    title: 'format',
    program: 'prettier/bin/prettier.cjs',
    args: ['--check', '.', '--log-level', 'warn'],
    advice: 'Run npm run format.',
  },
  {
    name: 'layers',
    title: 'layers',
    program: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: [
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err-long',
      'electron',
      'renderer',
      'shared',
      'scripts',
    ],
    advice: 'Each rule says what to do instead; npm run layers repeats this alone.',
  },
  {
    name: 'unused',
    title: 'unused code and packages',
    program: 'knip/bin/knip.js',
    args: [],
    advice: 'Delete what nothing uses; npm run unused repeats this alone.',
  },
];
