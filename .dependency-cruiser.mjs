/** Folders are the architecture; arrows point one way. What may import what, and nothing else may. */
const arrows = {
  domain: [],
  process: ['domain'],
  contract: ['domain'],
  illustrator: ['domain'],
  workflows: ['domain'],
  drizzle: ['domain', 'contract', 'process'],
  activities: ['domain', 'contract', 'illustrator', 'drizzle'],
  temporal: ['domain', 'contract', 'process', 'drizzle', 'activities', 'workflows'],
  api: ['domain', 'contract', 'process', 'drizzle', 'activities/storage', 'activities/image', 'temporal/client'],
  sdk: ['domain', 'contract'],
  web: ['domain', 'contract', 'process'],
  cli: ['domain', 'contract'],
};

const inside = (folder) => `^${folder}/`;
const TESTS = '\\.(int\\.)?test\\.tsx?$';
/** What the processes of the container image are made of: see ops/containers/. */
const IN_THE_IMAGE = [
  ...['domain', 'process', 'contract', 'illustrator', 'drizzle', 'activities', 'temporal', 'api', 'stack'].map(inside),
  '^web/(server/|server\\.ts|env\\.ts)',
  '^ops/containers/',
];

const arrowRules = Object.entries(arrows).map(([from, to]) => ({
  name: `${from}-imports-only-${to.length === 0 ? 'itself' : to.map((folder) => folder.replaceAll('/', '-')).join('-')}`,
  severity: 'error',
  from: { path: inside(from), pathNot: TESTS },
  to: {
    path: '^(domain|process|contract|illustrator|workflows|activities|drizzle|temporal|api|web|sdk|cli|stack|demo|bench|tests)/',
    pathNot: [from, ...to].map(inside),
    // Types flow against the arrows in one place: workflows know their activities by type only.
    ...(from === 'workflows' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}));

export default {
  forbidden: [
    ...arrowRules,
    {
      name: 'workflow-types-only-from-activities',
      comment: 'A workflow is replayed: values come from itself, the domain and @temporalio/workflow alone.',
      severity: 'error',
      from: { path: inside('workflows'), pathNot: TESTS },
      to: { path: ['^(contract|drizzle|temporal|api|web|sdk|stack)/'] },
    },
    {
      name: 'workflows-use-no-package-but-temporal-workflow',
      severity: 'error',
      from: { path: inside('workflows'), pathNot: TESTS },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/@temporalio/workflow/' },
    },
    {
      name: 'domain-uses-no-package',
      severity: 'error',
      from: { path: inside('domain'), pathNot: TESTS },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'shipped-code-imports-no-tests',
      severity: 'error',
      from: {
        path: '^(domain|process|contract|illustrator|workflows|activities|drizzle|temporal|api|web|sdk|cli|stack)/',
        pathNot: TESTS,
      },
      to: { path: '^(tests|bench|demo)/' },
    },
    {
      name: 'sdk-takes-only-types-from-the-contract',
      comment: 'Whoever installs the package has neither this repository nor zod. Its build reads the schemas.',
      severity: 'error',
      from: { path: inside('sdk'), pathNot: [TESTS, '^sdk/build/'] },
      to: { path: '^(domain|contract)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-features-meet-in-pages',
      comment: 'A feature may read another one’s server state, not draw its parts: the pages put features together.',
      severity: 'error',
      from: { path: '^web/features/([^/]+)/', pathNot: TESTS },
      to: { path: '^web/(features/[^/]+/(components|hooks)|app)/', pathNot: '^web/features/$1/' },
    },
    {
      name: 'no-circular',
      comment: 'Types count too: what two files need from each other has a home of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'image-without-development-packages',
      comment: 'The container image has no development packages; what its processes run must not import one.',
      severity: 'error',
      from: { path: IN_THE_IMAGE, pathNot: [TESTS, '/testing/', '^drizzle/drizzle\\.config'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drizzle-orm-is-loaded-once',
      comment: 'Each import of the package costs every start a millisecond: see drizzle/orm.ts. Types cost nothing.',
      severity: 'error',
      from: { pathNot: [TESTS, '^drizzle/orm\\.ts$'] },
      to: { path: 'node_modules/drizzle-orm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'api-without-the-worker-sdk',
      comment: 'A sixth of the modules that an API process would load.',
      severity: 'error',
      from: { path: ['^api/', '^temporal/client/'], pathNot: TESTS },
      to: { path: 'node_modules/@temporalio/worker/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.data|tests/sdk/story)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
