import { Expand } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Link, useMatch, useNavigate, useParams, useSearchParams } from 'react-router';
import { isolated } from '#domain/text/isolated.ts';
import { avatarPath } from '#web/components/avatar-path.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import { useAvatar, useAvatars } from '#web/features/avatars/api/use-avatars.ts';
import { AvatarSections } from '#web/features/avatars/components/avatar-sections.tsx';
import { Variations } from '#web/features/avatars/components/variations.tsx';
import { Neighbors } from '#web/features/avatars/components/neighbors.tsx';
import { familyOf } from '#web/features/avatars/family.ts';
import { filterSearch, readFilters } from '#web/features/avatars/gallery-filters.ts';
import { useProject } from '#web/features/projects/api/use-projects.ts';
import { useModEnter } from '#web/hooks/use-mod-enter.ts';
import { AvatarHead } from './avatar-head.tsx';

const CreateAvatarDialog = lazy(async () => ({
  default: (await import('#web/features/create-avatar/components/create-avatar-dialog.tsx')).CreateAvatarDialog,
}));
const PersonaDialog = lazy(async () => ({
  default: (await import('#web/features/avatars/components/persona-dialog.tsx')).PersonaDialog,
}));
const AttributesDialog = lazy(async () => ({
  default: (await import('#web/features/avatars/components/attributes-dialog.tsx')).AttributesDialog,
}));
const ShareDialog = lazy(async () => ({
  default: (await import('#web/features/sharing/components/share-dialog.tsx')).ShareDialog,
}));
const AvatarLightbox = lazy(async () => ({
  default: (await import('#web/features/avatars/components/avatar-lightbox.tsx')).AvatarLightbox,
}));

/** One avatar: its image and variations, persona, attributes, details, and actions. The gallery's filters in its URL say which is next. */
export function AvatarPage() {
  const { projectId = '', avatarId = '' } = useParams();
  const navigate = useNavigate();
  const open = useMatch('/projects/:projectId/avatars/:avatarId/:dialog')?.params.dialog;
  const project = useProject(projectId);
  const query = useAvatar(projectId, avatarId);
  const [params] = useSearchParams();
  const list = useAvatars(projectId, readFilters(params));
  const family = useAvatars(projectId);
  const hrefOf = (id: string, dialog = '', more?: Readonly<Record<string, string>>) =>
    `${avatarPath({ projectId, id })}${dialog && `/${dialog}`}${filterSearch(params, more)}`;
  const dialogHref = (dialog: string, more?: Readonly<Record<string, string>>) => hrefOf(avatarId, dialog, more);
  const avatar = query.data;
  const hasImage = Boolean(avatar && avatar.imageUrl !== null && avatar.trashedAt === null);
  const variationsHref = dialogHref('new', { mode: 'variation' });
  useModEnter(() => void navigate(variationsHref, { preventScrollReset: true }), hasImage && open === undefined);
  if (query.isError) return <FailedRequest page error={query.error} onRetry={() => void query.refetch()} />;

  const inTrash = avatar !== undefined && avatar.trashedAt !== null;
  const galleryHref = `/projects/${projectId}${filterSearch(params)}`;
  const all = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const onShow = (id: string) => {
    if (id === all.at(-1)?.id && list.hasNextPage) void list.fetchNextPage();
    void navigate(hrefOf(id, 'image'), { replace: true, preventScrollReset: true });
  };
  const close = () => void navigate(hrefOf(avatarId), { replace: true, preventScrollReset: true });
  return (
    <>
      <PageTitle title={avatar?.name ?? 'Avatar'} />
      <div className="flex items-center justify-between gap-3">
        <nav aria-label="Breadcrumb" className="flex min-h-11 min-w-0 items-center gap-2 text-ink-3">
          <Link to="/projects" className="flex min-h-11 items-center hover:text-ink max-sm:hidden">
            Projects
          </Link>
          <span aria-hidden="true" className="max-sm:hidden">
            /
          </span>
          <Link to={inTrash ? '/trash' : galleryHref} className="flex min-h-11 min-w-0 items-center hover:text-ink">
            <bdi className="truncate">{inTrash ? 'Trash' : (project.data?.name ?? 'Project')}</bdi>
          </Link>
          <span aria-hidden="true">/</span>
          <bdi aria-current="page" className="truncate text-ink">
            {avatar?.name}
          </bdi>
        </nav>
        <Neighbors ids={all.map(({ id }) => id)} meta={list.data?.pages[0]?.meta} shownId={avatarId} hrefOf={hrefOf} />
      </div>
      <div className="grid items-start gap-6 sm:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] sm:grid-rows-[auto_1fr] lg:grid-cols-2 lg:gap-x-10 xl:grid-cols-[minmax(0,592px)_minmax(0,1fr)]">
        <div className="min-w-0 sm:sticky sm:top-20 sm:row-span-2">
          {avatar ? (
            <LargeImage avatar={avatar} href={dialogHref('image')} />
          ) : (
            <span
              role="status"
              aria-label="Loading the avatar"
              className="block aspect-square rounded-image bg-sunken"
            />
          )}
          {avatar && (
            <Variations
              family={familyOf(avatar, family.data?.pages.flatMap(({ data }) => data) ?? [])}
              shownId={avatarId}
              hrefOf={hrefOf}
              moreHref={hasImage ? variationsHref : undefined}
            />
          )}
        </div>
        {avatar && (
          <AvatarHead
            avatar={avatar}
            dialogHref={dialogHref}
            galleryHref={galleryHref}
            hasImage={hasImage}
            quiet={open !== undefined}
          />
        )}
        {avatar && <AvatarSections avatar={avatar} dialogHref={dialogHref} />}
      </div>
      <Suspense fallback={null}>
        {avatar && open === 'persona' && <PersonaDialog avatar={avatar} onClose={close} />}
        {avatar && open === 'attributes' && <AttributesDialog avatar={avatar} onClose={close} />}
        {avatar && hasImage && open === 'share' && <ShareDialog avatar={avatar} onClose={close} />}
        {avatar && open === 'image' && (
          <AvatarLightbox
            avatars={all.some(({ id }) => id === avatarId) ? all : [avatar]}
            shownId={avatarId}
            onShow={onShow}
            onClose={close}
          />
        )}
        {avatar && open === 'new' && (
          <CreateAvatarDialog
            projectId={projectId}
            projectName={project.data?.name}
            defaults={project.data?.defaults}
            fromId={undefined}
            reference={avatar}
            onClose={close}
            onStarted={() => void navigate(`/projects/${projectId}`)}
          />
        )}
      </Suspense>
    </>
  );
}

interface LargeImageProps {
  readonly avatar: NonNullable<ReturnType<typeof useAvatar>['data']>;
  readonly href: string;
}

function LargeImage({ avatar, href }: LargeImageProps) {
  const image = (
    <AvatarImage
      eager
      src={avatar.imageUrl}
      takenDown={avatar.review === 'taken_down'}
      placeholder={avatar.placeholder}
      alt={avatar.name}
      className="aspect-square rounded-image"
    />
  );
  if (avatar.imageUrl === null) return image;
  return (
    <Link
      to={href}
      preventScrollReset
      aria-label={`View ${isolated(avatar.name)} larger`}
      className="group relative block cursor-zoom-in rounded-image outline-offset-2"
    >
      {image}
      <span className="absolute right-3 bottom-3 grid size-9 place-items-center rounded-control bg-raised opacity-0 transition-opacity duration-(--quick) group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:opacity-100">
        <Expand size={16} strokeWidth={1.5} aria-hidden="true" />
      </span>
    </Link>
  );
}
