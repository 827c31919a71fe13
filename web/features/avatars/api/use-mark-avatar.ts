import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { MARKING, type Marks, refreshMarkedLists, writeMarks } from '#web/live/live-marks.ts';

export type MarkAvatar = (avatar: Pick<Avatar, 'id' | 'favorite' | 'rating'>, marks: Marks) => void;

interface Change {
  readonly id: string;
  readonly marks: Marks;
  readonly before: Marks;
}

/** Marks an avatar as favorite or rates it. All views show the mark at once, and what was there before if the request fails. */
export function useMarkAvatar(): MarkAvatar {
  const http = useHttp();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationKey: MARKING,
    scope: { id: 'marks' }, // one after the other: the last mark is the one that stays
    mutationFn: ({ id, marks }: Change) => http.patch('/avatars/{id}', { path: { id }, body: marks }),
    onMutate: ({ id, marks }) => writeMarks(client, id, marks),
    onError: (error, { id, before }) => {
      writeMarks(client, id, before);
      toast.error(messageOf(error));
    },
    onSettled: () => refreshMarkedLists(client),
  });
  return useCallback(
    ({ id, favorite, rating }, marks) => mutate({ id, marks, before: marksBefore(marks, { favorite, rating }) }),
    [mutate],
  );
}

function marksBefore({ favorite, rating }: Marks, avatar: Required<Marks>): Marks {
  return {
    ...(favorite !== undefined && { favorite: avatar.favorite }),
    ...(rating !== undefined && { rating: avatar.rating }),
  };
}
