import { Ellipsis, Pencil, Trash2, Upload, UsersRound } from 'lucide-react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Project } from '#contract/project.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { Menu, MenuItem, MenuLink } from '#web/components/menu.tsx';
import { withProjectDialog } from '../project-dialog-params.ts';
import { useDelayedProjectDeletion } from '../hooks/use-delayed-project-deletion.ts';

interface ProjectMenuProps {
  readonly project: Project;
}

/** Actions on a project. Its dialogs are in the URL. */
export function ProjectMenu({ project }: ProjectMenuProps) {
  const navigate = useNavigate();
  const [, setParams] = useSearchParams();
  const deleteProject = useDelayedProjectDeletion();
  return (
    <Menu
      trigger={<Button tone="bare" icon aria-label={`More for ${isolated(project.name)}`} />}
      label={<Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />}
    >
      <MenuLink icon={Upload} to={`/projects/${project.id}/upload`}>
        Upload an image
      </MenuLink>
      <MenuItem icon={Pencil} onClick={() => setParams((params) => withProjectDialog(params, project.id))}>
        Rename
      </MenuItem>
      <MenuItem
        icon={UsersRound}
        onClick={() => setParams((params) => withProjectDialog(params, project.id, 'defaults'))}
      >
        Project defaults
      </MenuItem>
      <MenuItem
        icon={Trash2}
        destructive
        onClick={() => {
          deleteProject(project);
          void navigate('/projects');
        }}
      >
        Delete
      </MenuItem>
    </Menu>
  );
}
