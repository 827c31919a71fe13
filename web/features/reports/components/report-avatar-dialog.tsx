import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import { createReport } from '#contract/report.ts';
import { REPORT_KINDS, REPORT_LIMITS } from '#domain/moderation/report.ts';
import { cleanText, isVisible } from '#domain/text/visible-text.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { LengthNote } from '#web/components/length-note.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useSchemaForm } from '#web/hooks/use-schema-form.ts';
import { useHttp } from '#web/http/http-context.ts';
import { REPORT_KIND_LABELS } from '../report-kind-labels.ts';

const report = createReport.omit({ avatarId: true });
type Report = z.output<typeof report>;

interface ReportAvatarDialogProps {
  /** Also another user's avatar, or one that does not exist. */
  readonly avatarId: string;
  readonly onClose: () => void;
}

/** Reports an avatar to the administrators. */
export function ReportAvatarDialog({ avatarId, onClose }: ReportAvatarDialogProps) {
  const http = useHttp();
  const send = (body: Report) => http.post('/reports', { body: { ...body, avatarId } });
  return <ReportDialog onSend={send} note="Only administrators see who sent the report." onClose={onClose} />;
}

interface ReportSharedDialogProps {
  /** Of the link. */
  readonly token: string;
  readonly onClose: () => void;
}

/** The same for a visitor, who may have no account. */
export function ReportSharedDialog({ token, onClose }: ReportSharedDialogProps) {
  const http = useHttp();
  const send = (body: Report) => http.post('/shared/{token}/reports', { path: { token }, body });
  return <ReportDialog onSend={send} note="Only administrators read it. You need no account." onClose={onClose} />;
}

interface ReportDialogProps {
  readonly onSend: (report: Report) => Promise<unknown>;
  readonly note: string;
  readonly onClose: () => void;
}

function ReportDialog({ onSend, note, onClose }: ReportDialogProps) {
  const send = useMutation({ mutationFn: onSend });
  const { register, handleSubmit, formState, watch } = useSchemaForm(report, { kind: 'likeness', statement: '' });
  // The note says that it is too long.
  const isMissing = formState.errors.statement && !isVisible(cleanText(watch('statement')));
  const error = isMissing ? 'Say what is wrong.' : undefined;
  return (
    <Sheet title="Report avatar" open onClose={onClose}>
      {send.isSuccess ? (
        <div className="grid gap-5 p-4 md:p-6">
          <p role="status" className="text-pretty text-ink-2">
            An administrator will read your report, and can take the avatar down.
          </p>
          <Button size="large" onClick={onClose}>
            Close
          </Button>
        </div>
      ) : (
        <form
          onSubmit={handleSubmit((body) => send.mutate(body))}
          noValidate
          className="grid gap-5 overflow-y-auto p-4 md:p-6"
        >
          <fieldset>
            <legend className="mb-1 text-13 font-strong">Reason</legend>
            {REPORT_KINDS.map((kind) => (
              <label key={kind} className="flex min-h-8 cursor-pointer items-center gap-2.5 pointer-coarse:min-h-11">
                <input {...register('kind')} type="radio" value={kind} className="size-4 shrink-0 accent-ink" />
                {REPORT_KIND_LABELS[kind]}
              </label>
            ))}
          </fieldset>
          <Field label="What is wrong?" id="report-statement" error={error}>
            <textarea
              {...register('statement')}
              id="report-statement"
              rows={4}
              dir="auto"
              aria-invalid={error !== undefined}
              aria-describedby="report-statement-note report-statement-error"
              className={FIELD_CLASS}
            />
            <LengthNote text={watch('statement')} max={REPORT_LIMITS.statementMaxLength} />
            <p id="report-statement-note" className="text-13 text-ink-3">
              {note}
            </p>
          </Field>
          <FormFooter
            error={send.error}
            pending={send.isPending}
            action="Send report"
            pendingLabel="Sending the report"
          />
        </form>
      )}
    </Sheet>
  );
}
