import { Check, X } from 'lucide-react';
import { Link } from 'react-router';
import { toast } from 'sonner';
import type { ObjectionItem } from '#contract/objection.ts';
import type { ObjectionDecision } from '#domain/moderation/objection.ts';
import { RULE_LABELS } from '#domain/moderation/prompt-rules.ts';
import { Button } from '#web/components/button.tsx';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useDecideObjection } from '../api/use-objections.ts';
import { LINK_CLASS } from './link-class.ts';

/** A refused text that its user objects about, and the buttons that decide. */
export function ObjectionCard({ item }: { readonly item: ObjectionItem }) {
  const decide = useDecideObjection(item.id);
  const on = (decision: ObjectionDecision, message: string) => () =>
    decide.mutate(decision, {
      onSuccess: () => void toast(message),
      onError: (error) => void toast.error(messageOf(error)),
    });
  return (
    <article aria-label={RULE_LABELS[item.rule]} className="grid gap-3 border-b border-line py-5">
      <header>
        <h3 className="text-16">{RULE_LABELS[item.rule]}</h3>
        <p className="text-13 text-ink-3">waiting since {formatMoment(item.createdAt)}</p>
      </header>
      {item.texts.map(({ path, text, term }) => (
        <div key={path} className="max-w-prose">
          <p className="text-13 text-ink-3">
            {path}: <bdi className="text-bad">{term}</bdi>
          </p>
          <p dir="auto" className="text-ink-2">
            {text}
          </p>
        </div>
      ))}
      {item.comment !== null && (
        <p dir="auto" className="max-w-prose">
          “{item.comment}”
        </p>
      )}
      <Link to={`/admin/accounts/${item.accountId}`} className={`${LINK_CLASS} justify-self-start text-13`}>
        View account
      </Link>
      <div className="flex flex-wrap gap-2">
        <Button disabled={decide.isPending} onClick={on('allowed', 'The text is allowed for this account')}>
          <Check size={16} strokeWidth={1.5} aria-hidden="true" /> Allow for this account
        </Button>
        <Button disabled={decide.isPending} onClick={on('refused', 'The text remains refused')}>
          <X size={16} strokeWidth={1.5} aria-hidden="true" /> Confirm the refusal
        </Button>
      </div>
    </article>
  );
}
