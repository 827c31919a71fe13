/** The platforms for which there are pinned programs. */
export const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** @throws Error on any other platform */
export function currentPlatform(): Platform {
  const name = `${process.platform}-${process.arch}`;
  const platform = PLATFORMS.find((candidate) => candidate === name);
  if (platform === undefined) throw new Error(`there is no prebuilt program for ${name}`);
  return platform;
}
