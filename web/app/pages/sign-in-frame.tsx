import type { ReactNode } from 'react';
import { STYLES } from '#domain/prompt/style.ts';
import { styleSample } from '#web/assets/style-samples.ts';
import { Brand } from '../shell/brand.tsx';
import { ThemeSwitch } from '../shell/theme-switch.tsx';

interface SignInFrameProps {
  readonly heading: string;
  readonly subtitle: string;
  readonly children: ReactNode;
}

/** The layout of the signed-out pages: a heading, the sign-in controls, and sample images. */
export function SignInFrame({ heading, subtitle, children }: SignInFrameProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-(--content) flex-col px-(--gutter)">
      <header className="flex h-14 items-center justify-between">
        <Brand />
        <ThemeSwitch />
      </header>
      <main className="grid grow content-center gap-10 py-8 md:grid-cols-[minmax(0,380px)_minmax(0,1fr)] md:items-center md:gap-16">
        <div className="grid gap-6">
          <div className="grid gap-2">
            <h1 className="text-28 tracking-[-0.022em]">{heading}</h1>
            <p className="text-ink-2">{subtitle}</p>
          </div>
          {children}
        </div>
        <ul aria-hidden="true" className="grid grid-cols-5 gap-2 max-md:order-first sm:gap-3">
          {STYLES.map((style) => (
            <li key={style} className="aspect-square overflow-hidden rounded-control bg-sunken sm:rounded-image">
              {styleSample(style) && <img src={styleSample(style)} alt="" className="size-full object-cover" />}
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
