import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * What each part may not import, shown in the editor. dependency-cruiser holds the whole layer rule in CI; here stand
 * the slips that are easiest to make. A later block replaces an earlier one for the same file, so each names all.
 * @param {...{ message: string, group: string[] }} patterns
 */
const restricted = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
});

const TESTS = ['**/*.test.ts', '**/*.test.tsx', '**/*.suite.ts'];

const NO_ELECTRON = {
  message:
    'Only electron/main and electron/preload import electron: the service also runs without a display.',
  group: ['electron'],
};
const NO_WINDOW = {
  message: 'Only a browser can run what is in renderer/. Move what both need to shared/.',
  group: ['**/renderer/**'],
};
const NO_MEDIA = {
  message: 'Only the decoder process parses media: ask it by a message.',
  group: ['sharp', 'node-av', 'libheif-js', 'libraw-wasm', 'thumbhash'],
};
const WINDOW_ONLY = {
  message: "The window talks to the service over the window's contract in shared/ only.",
  group: ['**/electron/**', 'electron', 'node:*'],
};
const NO_DOMAIN = {
  message: 'renderer/ui holds controls without domain words: pass texts and values in.',
  group: ['**/shared/**'],
};

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.shared.json',
          './tsconfig.node.json',
          './tsconfig.electron.json',
          './tsconfig.renderer.json',
          './tsconfig.tests.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      // Numbers in messages read well as they are; the preset asks for String(n) everywhere.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => void doIt()` and arrow shorthand returning void are the clearest form of a handler.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A leading underscore says: the place has to be taken (an argument before a used one, a thing only held).
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    ignores: TESTS,
    rules: restricted(WINDOW_ONLY),
  },
  {
    files: ['renderer/ui/**/*.ts', 'renderer/ui/**/*.tsx'],
    ignores: TESTS,
    rules: restricted(WINDOW_ONLY, NO_DOMAIN),
  },
  {
    files: ['shared/**/*.ts'],
    ignores: TESTS,
    rules: restricted({
      message:
        'shared/ is language only: move what needs Node, Electron or I/O to the part that does it.',
      group: ['node:*', 'electron', '**/electron/**', '**/renderer/**'],
    }),
  },
  {
    files: ['electron/main/**/*.ts', 'electron/preload/**/*.ts'],
    ignores: TESTS,
    rules: restricted(NO_WINDOW, NO_MEDIA),
  },
  {
    files: ['electron/service/**/*.ts', 'electron/cli/**/*.ts'],
    ignores: TESTS,
    rules: restricted(NO_ELECTRON, NO_WINDOW, NO_MEDIA),
  },
  {
    files: ['electron/service/decoder/**/*.ts'],
    ignores: TESTS,
    rules: restricted(NO_ELECTRON, NO_WINDOW),
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        Buffer: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
);
